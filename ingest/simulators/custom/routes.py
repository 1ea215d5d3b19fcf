"""`/custom/…`: the contract's two requests, and how demo and tests drive the partner."""

from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post, put
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody

from desk.words.errors import Unauthenticated
from ingest.simulators.custom.ledger import Sent
from ingest.simulators.custom.partner import CustomerMessage, Fault, Partner, PartnerRefusal

PAGE = 1000

AnyRequest = Request[Any, Any, Any]


class Announcement(msgspec.Struct, frozen=True):
    """An inbox of the desk, as it is made known to the partner."""

    api_key: str
    webhook_url: str


class SentPage(msgspec.Struct, frozen=True):
    """What the desk sent, and the number with which to ask for what comes after."""

    next: int
    items: list[Sent]


@get("/validate")
async def validate(request: AnyRequest, partner: NamedDependency[Partner]) -> dict[str, Any]:
    """Whether the key is known."""
    return partner.validate(request.headers.get("authorization", ""))


@post("/messages", status_code=200)
async def take_message(
    request: AnyRequest, data: JSONBody[dict[str, Any]], partner: NamedDependency[Partner]
) -> dict[str, Any]:
    """A message of the desk to one of our customers."""
    headers = request.headers
    return await partner.take(
        headers.get("authorization", ""), headers.get("idempotency-key"), data
    )


@get("/sent")
async def list_sent(partner: NamedDependency[Partner], since: FromQuery[int] = 0) -> SentPage:
    """Everything the desk sent after number `since`, a thousand at a time."""
    following, items = partner.ledger.sent_since(since, PAGE)
    return SentPage(following, items)


@put("/inboxes")
async def announce(
    data: JSONBody[Announcement], partner: NamedDependency[Partner]
) -> dict[str, bool]:
    """Serve an inbox from now on; harmless when repeated."""
    partner.announce(data.api_key, data.webhook_url)
    return {"known": True}


@post("/faults", status_code=204)
async def plan_faults(data: JSONBody[Fault], partner: NamedDependency[Partner]) -> None:
    """Let the next messages go wrong."""
    partner.set_faults(data)


@post("/customers/{customer:str}/messages", status_code=202)
async def customer_writes(
    customer: FromPath[str],
    data: JSONBody[CustomerMessage],
    partner: NamedDependency[Partner],
) -> dict[str, str]:
    """A customer writes; the request to the desk follows, until the desk takes it."""
    return {"id": partner.customer_writes(customer, data)}


@put("/files/{name:str}", status_code=204)
async def keep_file(
    name: FromPath[str], request: AnyRequest, partner: NamedDependency[Partner]
) -> None:
    """Put a customer's file where the desk can fetch it."""
    partner.keep_file(name, request.headers.get("content-type", ""), await request.body())


@get("/files/{name:str}")
async def get_file(name: FromPath[str], partner: NamedDependency[Partner]) -> Response[bytes]:
    """The file."""
    found = partner.files.get(name)
    if found is None:
        return Response(b"", status_code=404)
    mime_type, content = found
    return Response(content, media_type=mime_type or "application/octet-stream")


def refused(_: AnyRequest, error: PartnerRefusal) -> Response[dict[str, str]]:
    """The partner's no, in the contract's words."""
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return Response({"error": error.error}, status_code=error.status, headers=headers)


def nobody(_: AnyRequest, error: Unauthenticated) -> Response[dict[str, str]]:
    """A request without a key."""
    return Response({"error": error.sentence}, status_code=401)


def custom_router(partner: Provide) -> Router:
    """The routes under `/custom`."""
    return Router(
        "/custom",
        route_handlers=[
            validate,
            take_message,
            list_sent,
            announce,
            plan_faults,
            customer_writes,
            keep_file,
            get_file,
        ],
        dependencies={"partner": partner},
        exception_handlers={PartnerRefusal: refused, Unauthenticated: nobody},
    )
