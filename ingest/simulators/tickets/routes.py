"""`/tickets/…`: tickets are made for whoever holds a token, once for each idempotency key."""

from pathlib import Path
from typing import Any

import msgspec
from litestar import MediaType, Request, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody

from desk.clock import Clock
from ingest.simulators.planned_faults import FaultKind, PlannedFault, PlannedFaults
from ingest.simulators.sent_log import Sent, SentLog, SentPage

AnyRequest = Request[Any, Any, Any]

FIRST = 1001


class NewTicket(msgspec.Struct):
    """What somebody wants a ticket for."""

    title: str
    description: str = ""
    priority: str | None = None
    assignee: str | None = None


class TicketSystem:
    """The tickets that were made."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.log = SentLog(folder / "tickets.db")
        self.faults = PlannedFaults()
        self.clock = clock


@post("/api/tickets", status_code=201)
async def create_ticket(
    request: AnyRequest, tickets: NamedDependency[TicketSystem]
) -> Response[Any]:
    """Make a ticket."""
    fault = tickets.faults.next()
    if fault is not None and fault.kind is FaultKind.REFUSE:
        return Response({"error": "try_later"}, status_code=fault.status)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip() or token.strip() == "wrong":
        return Response({"error": "The token is not known."}, status_code=401)
    try:
        body = await request.body()
        wanted = msgspec.json.decode(body, type=NewTicket)
    except (msgspec.MsgspecError, ValueError) as error:
        return Response({"error": str(error)}, status_code=422)
    number = FIRST + tickets.log.count()
    base = str(request.base_url).rstrip("/")
    answer = {"id": f"T-{number}", "url": f"{base}/tickets/view/T-{number}", "status": "open"}
    sent = Sent(tickets.clock.now(), wanted.assignee or "", msgspec.json.decode(body))
    kept = tickets.log.keep(sent, request.headers.get("idempotency-key"), answer)
    if fault is not None:
        return Response({"error": "bad_gateway"}, status_code=502)
    return Response(kept, status_code=201)


@get("/view/{ticket_id:str}", media_type=MediaType.TEXT)
async def view_ticket(ticket_id: FromPath[str]) -> str:
    """Where a ticket's link leads."""
    return f"Ticket {ticket_id} of the simulated ticket system."


@get("/sent")
async def list_sent(tickets: NamedDependency[TicketSystem], since: FromQuery[int] = 0) -> SentPage:
    """Everything the desk sent after number `since`, a thousand at a time."""
    return tickets.log.since(since)


@post("/faults", status_code=204)
async def plan_faults(tickets: NamedDependency[TicketSystem], data: JSONBody[PlannedFault]) -> None:
    """Let the next requests go wrong."""
    tickets.faults.plan(data)


def tickets_router(tickets: TicketSystem) -> Router:
    """The routes under `/tickets`."""
    return Router(
        "/tickets",
        route_handlers=[create_ticket, view_ticket, list_sent, plan_faults],
        dependencies={"tickets": Provide(lambda: tickets, sync_to_thread=False)},
    )
