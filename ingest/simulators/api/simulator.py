"""`/api/…`: a program that takes an API inbox's callbacks, and lets others look."""

import asyncio
from collections import deque
from pathlib import Path
from typing import Any, Literal

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, JSONBody

from desk.clock import Clock
from ingest.simulators.api.ledger import Ledger, Told

PAGE = 1000
KEPT = ("webhook-", "x-chatwoot-")


class Fault(msgspec.Struct, frozen=True):
    """What shall go wrong with the next callbacks: refused with `status`, or taken in silence."""

    kind: Literal["error", "lose_answer"]
    status: int = 410
    times: int = 1


class ToldPage(msgspec.Struct, frozen=True):
    """What the desk told, and the number with which to ask for what comes after."""

    next: int
    items: list[Told]


class Program:
    """Takes events; knows one that came before by its id."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self.ledger = ledger
        self.faults: deque[Fault] = deque()
        self._clock = clock

    async def take(self, headers: dict[str, str], event: dict[str, Any]) -> int:
        """Keep the event; the status to answer with."""
        fault = self.faults.popleft() if self.faults else None
        if fault is not None and fault.kind == "error":
            return fault.status
        around = event.get("conversation") or {}
        to = (around.get("contact_inbox") or {}).get("source_id") or ""
        kept = {name: value for name, value in headers.items() if name.startswith(KEPT)}
        self.ledger.accept(headers.get("webhook-id"), Told(self._clock.now(), str(to), event, kept))
        if fault is not None:
            await asyncio.sleep(120)
        return 200


@post("/callback")
async def take_callback(
    request: Request[Any, Any, Any],
    data: JSONBody[dict[str, Any]],
    program: NamedDependency[Program],
) -> Response[dict[str, str]]:
    """An event of the desk."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    status = await program.take(headers, data)
    retry = {"Retry-After": "1"} if status in (429, 503) else {}
    return Response(
        {"status": "taken" if status == 200 else "refused"}, status_code=status, headers=retry
    )


@get("/sent")
async def list_told(program: NamedDependency[Program], since: FromQuery[int] = 0) -> ToldPage:
    """Everything the desk told after number `since`, a thousand at a time."""
    following, items = program.ledger.since(since, PAGE)
    return ToldPage(following, items)


@post("/faults", status_code=204)
async def plan_faults(data: JSONBody[Fault], program: NamedDependency[Program]) -> None:
    """Let the next callbacks go wrong."""
    program.faults.extend([data] * data.times)


class ApiSimulator:
    """Keeps what it is told in a folder."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._ledger = Ledger(folder)
        self._program = Program(self._ledger, clock)

    def router(self) -> Router:
        """The routes under `/api`."""
        return Router(
            "/api",
            route_handlers=[take_callback, list_told, plan_faults],
            dependencies={"program": Provide(lambda: self._program, sync_to_thread=False)},
        )

    async def start(self) -> None:
        """It has nothing to go on with."""

    async def close(self) -> None:
        self._ledger.close()
