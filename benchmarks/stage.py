"""A house for a measurement: embedded services on a fresh home, an account, real processes."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psutil
import psycopg

from desk.local.home import Home
from desk.local.standalone import running
from desk.migrations.run import upgrade

ROOT = Path(__file__).resolve().parent.parent


class Stage:
    """What a measurement works with."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = {**environment, "DESK_ALLOW_PRIVATE_TARGETS": "true"}
        self.database = psycopg.connect(environment["DATABASE_URL"], autocommit=True)

    def value(self, sql: str, *parameters: Any) -> Any:
        """The one value a query returns."""
        row = self.database.execute(sql.encode(), parameters).fetchone()
        return row[0] if row else None

    @contextlib.contextmanager
    def process(self, module: str, **extra: str) -> Iterator[psutil.Process]:
        """A program of ours, stopped in order at the end."""
        environment = {**os.environ, **self.environment, "PYTHONPATH": str(ROOT), **extra}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        log = Path(self.environment["STREAMDESK_HOME"], f"{module}.log")
        with log.open("ab") as out:
            started = subprocess.Popen(
                [sys.executable, "-m", module],
                env=environment,
                cwd=ROOT,
                stdout=out,
                stderr=out,
            )
            try:
                yield psutil.Process(started.pid)
            finally:
                started.send_signal(signal.SIGTERM)
                try:
                    started.wait(20)
                except subprocess.TimeoutExpired:
                    started.kill()
                    started.wait()

    def services_cpu(self, name: str) -> float:
        """Seconds of CPU that a service and its children have used."""
        port = self.environment[f"STREAMDESK_{name.upper()}_PORT"]
        total = 0.0
        for process in psutil.process_iter(["cmdline"]):
            line = process.info["cmdline"] or []
            if any(port in part for part in line) and process.pid != os.getpid():
                total += cpu_of(process, children=True)
        return total


def cpu_of(process: psutil.Process, *, children: bool = False) -> float:
    """Seconds of CPU that a process has used; with its children, also those that have ended."""
    times = process.cpu_times()
    total = float(times.user + times.system)
    if children:
        total += float(times.children_user + times.children_system)
        for child in process.children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                total += cpu_of(child)
    return total


def until(condition: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Wait for something; raises TimeoutError naming it."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not happen within {seconds:.0f} s")
        time.sleep(0.1)


@contextlib.contextmanager
def stage() -> Iterator[Stage]:
    """Services that write to the disk as they do in earnest."""
    with (
        tempfile.TemporaryDirectory(
            prefix="streamdesk-bench-", ignore_cleanup_errors=True
        ) as folder,
        running(Home(Path(folder))) as environment,
    ):
        upgrade(environment["DATABASE_URL"])
        built = Stage(environment)
        try:
            yield built
        finally:
            built.database.close()


def whatsapp_text(phone_number_id: str, sender: str, source_id: str, text: str) -> bytes:
    """The hook of one text message, as WhatsApp sends it."""
    return json.dumps(
        {
            "object": "whatsapp_business_account",
            "entry": [
                {
                    "id": "102290129340398",
                    "changes": [
                        {
                            "field": "messages",
                            "value": {
                                "messaging_product": "whatsapp",
                                "metadata": {
                                    "display_phone_number": "15550100",
                                    "phone_number_id": phone_number_id,
                                },
                                "contacts": [
                                    {"profile": {"name": f"Customer {sender}"}, "wa_id": sender}
                                ],
                                "messages": [
                                    {
                                        "from": sender,
                                        "id": source_id,
                                        "timestamp": "1795600000",
                                        "type": "text",
                                        "text": {"body": text},
                                    }
                                ],
                            },
                        }
                    ],
                }
            ],
        }
    ).encode()
