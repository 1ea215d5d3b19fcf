"""`/zapier/…`: catch hooks that take any JSON, and what they caught."""

import secrets
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody

from desk.clock import Clock
from ingest.simulators.planned_faults import FaultKind, PlannedFault, PlannedFaults
from ingest.simulators.sent_log import Sent, SentLog, SentPage

AnyRequest = Request[Any, Any, Any]


class Zapier:
    """The hooks, and what reached them."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.log = SentLog(folder / "zapier.db")
        self.faults = PlannedFaults()
        self.clock = clock


@post("/hooks/catch/{account:str}/{hook:str}", status_code=200)
async def catch(
    request: AnyRequest,
    zapier: NamedDependency[Zapier],
    account: FromPath[str],
    hook: FromPath[str],
) -> Response[Any]:
    """Take what comes; Zapier says yes to anything that it can read."""
    fault = zapier.faults.next()
    if fault is not None and fault.kind is FaultKind.REFUSE:
        return Response({"status": "error"}, status_code=fault.status)
    try:
        body = msgspec.json.decode(await request.body(), type=dict[str, Any])
    except (msgspec.MsgspecError, ValueError):
        return Response({"status": "error", "message": "not JSON"}, status_code=400)
    answer = {"attempt": str(uuid4()), "id": secrets.token_hex(16), "status": "success"}
    answer["request_id"] = answer["attempt"]
    sent = Sent(zapier.clock.now(), f"{account}/{hook}", body)
    kept = zapier.log.keep(sent, request.headers.get("idempotency-key"), answer)
    if fault is not None:
        return Response({"status": "error"}, status_code=502)
    return Response(kept)


@get("/sent")
async def list_sent(zapier: NamedDependency[Zapier], since: FromQuery[int] = 0) -> SentPage:
    """Everything the desk sent after number `since`, a thousand at a time."""
    return zapier.log.since(since)


@post("/faults", status_code=204)
async def plan_faults(zapier: NamedDependency[Zapier], data: JSONBody[PlannedFault]) -> None:
    """Let the next requests go wrong."""
    zapier.faults.plan(data)


def zapier_router(zapier: Zapier) -> Router:
    """The routes under `/zapier`."""
    return Router(
        "/zapier",
        route_handlers=[catch, list_sent, plan_faults],
        dependencies={"zapier": Provide(lambda: zapier, sync_to_thread=False)},
    )
