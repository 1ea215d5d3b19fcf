"""What the conformance suite must know about a channel: one probe a kind, in `probes/<kind>.py`."""

import importlib
import json
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

import msgspec

from desk.words.channels import (
    ChannelKind,
    DeliveryReceipt,
    Inbound,
    InboundMessage,
    InboundParked,
)
from desk.words.conversation import DeliveryStatus, FileType

EXAMPLES = Path(__file__).parents[1] / "examples" / "channels"


class Trouble(Enum):
    """What a provider can be told to do with the next message."""

    REJECT = "refuse it for good"
    RATE_LIMIT = "say that there were too many"
    FAIL = "fail before taking it"
    LOSE_ANSWER = "take it and never answer"


class Provider(Protocol):
    """The provider's simulator, as the suite drives it."""

    secrets: Mapping[str, Any]
    config: Mapping[str, Any]
    config_of_nowhere: Mapping[str, Any]
    """The same inbox, but with a provider where nobody answers."""

    async def plan(self, trouble: Trouble) -> None:
        """Let the next message go wrong."""

    async def taken(self) -> list[dict[str, Any]]:
        """The requests that were taken so far."""

    async def file_of_a_customer(self, content: bytes) -> str:
        """Put a file where a customer's would be; its remote id."""


class Probe(Protocol):
    """How to speak to a channel as its provider would."""

    secrets: Mapping[str, Any]
    config: Mapping[str, Any]
    customer: str
    """A customer's address to which messages can be sent."""

    def headers(self, body: bytes) -> dict[str, str]:
        """The headers of a genuine request with this body, by lower-case name."""

    def text_hook(self, text: str, *, source_id: str) -> bytes:
        """The hook of one text message of the customer."""

    def provider(self) -> AbstractAsyncContextManager[Provider]:
        """A running simulator."""


class RawRequest(msgspec.Struct, frozen=True):
    """A request as the provider made it."""

    headers: dict[str, str]
    body: bytes


class Example(msgspec.Struct, frozen=True):
    """A payload exactly as the provider sends it, and what it says to the desk."""

    says: str
    reading: list[dict[str, Any]]
    payload: Any = None
    raw: bytes = b""
    """Instead of a payload: the bytes of the file beside it that is not JSON."""

    @property
    def body(self) -> bytes:
        if self.payload is None:
            return self.raw
        return (
            self.payload.encode()
            if isinstance(self.payload, str)
            else json.dumps(self.payload).encode()
        )

    def expected(self) -> list[Inbound]:
        return [_inbound(item) for item in self.reading]


def probe_of(kind: ChannelKind) -> Probe:
    """The probe of a channel; every channel of the catalogue must have one."""
    module = importlib.import_module(f"tests.ingest.probes.{kind.value}")
    probe: Probe = module.PROBE
    return probe


def examples_of(kind: ChannelKind) -> dict[str, Example]:
    """The channel's example payloads by name."""
    return {path.stem: _example(path) for path in sorted((EXAMPLES / kind.value).glob("*.json"))}


def _example(path: Path) -> Example:
    example = msgspec.json.decode(path.read_bytes(), type=Example)
    beside = path.with_suffix(".eml")
    return msgspec.structs.replace(example, raw=beside.read_bytes()) if beside.exists() else example


def _inbound(item: dict[str, Any]) -> Inbound:
    ((what, value),) = item.items()
    match what:
        case "message":
            files = [
                {**file, "file_type": FileType.from_word(file["file_type"])}
                for file in value.get("files", [])
            ]
            return msgspec.convert({**value, "files": files}, InboundMessage)
        case "receipt":
            status = DeliveryStatus.from_word(value["status"])
            return msgspec.convert({**value, "status": status}, DeliveryReceipt)
        case "parked":
            return InboundParked(value)
    raise ValueError(f"an example reads as message, receipt or parked, not {what!r}")
