"""What a webhook was told: every delivery with its tries, and sending one again; ours."""

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_webhook import send_again
from desk.store import webhooks as webhook_store
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid, NotFound
from desk.words.webhooks import DeliveryState

MANAGES = {"needs": Permission.DESK_MANAGE}


class Attempt(msgspec.Struct):
    """One try."""

    at: datetime
    status: int | None
    duration_ms: int
    error: str | None


class Delivery(msgspec.Struct):
    """One body for the endpoint."""

    id: int
    webhook_id: int
    delivery_id: str
    """What the headers call it, the same for every try."""
    event: str
    state: str
    """`waiting`, `delivered` or `failed`."""
    tries: int
    most_tries: int
    next_try_at: datetime | None
    response_status: int | None
    duration_ms: int | None
    last_error: str | None
    attempts: list[Attempt]
    created_at: datetime
    finished_at: datetime | None


class WholeDelivery(Delivery, kw_only=True):
    """The delivery with what was sent."""

    body: msgspec.Raw


class DeliveryList(msgspec.Struct):
    """A page of them, newest first."""

    payload: list[Delivery]


@get("/webhooks/{webhook_id:int}/deliveries", operation_id="list-webhook-deliveries", opt=MANAGES)
async def list_deliveries(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    webhook_id: FromPath[int],
    page: Annotated[int, QueryParameter(ge=1, le=100_000)] = 1,
    delivery_state: Annotated[
        str | None, QueryParameter(name="state", description="waiting, delivered or failed")
    ] = None,
) -> DeliveryList:
    """A page of the delivery log."""
    async with desk.transaction(viewer.account_id) as tx:
        await _require(tx, webhook_id)
        rows = await webhook_store.deliveries(
            tx, webhook_id, page=page, state=_state(delivery_state)
        )
    return DeliveryList([Delivery(**_told(row)) for row in rows])


@get(
    "/webhooks/{webhook_id:int}/deliveries/{delivery_id:int}",
    operation_id="get-a-webhook-delivery",
    opt=MANAGES,
)
async def get_delivery(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    webhook_id: FromPath[int],
    delivery_id: FromPath[int],
) -> WholeDelivery:
    """One delivery with its body."""
    async with desk.transaction(viewer.account_id) as tx:
        return await _whole(tx, webhook_id, delivery_id)


@post(
    "/webhooks/{webhook_id:int}/deliveries/{delivery_id:int}/send_again",
    operation_id="send-a-webhook-delivery-again",
    opt=MANAGES,
    status_code=200,
)
async def repeat(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    webhook_id: FromPath[int],
    delivery_id: FromPath[int],
) -> WholeDelivery:
    """Deliver it once more under the id it had."""
    async with desk.transaction(viewer.account_id) as tx:
        await send_again(tx, webhook_id, delivery_id)
        return await _whole(tx, webhook_id, delivery_id)


async def _require(tx: TenantTx, webhook_id: int) -> None:
    if await webhook_store.webhook(tx, webhook_id) is None:
        raise NotFound("webhook_not_found", "There is no such webhook.")


async def _whole(tx: TenantTx, webhook_id: int, delivery_id: int) -> WholeDelivery:
    row = await webhook_store.delivery(tx, webhook_id, delivery_id)
    if row is None:
        raise NotFound("delivery_not_found", "There is no such delivery.")
    return WholeDelivery(**_told(row), body=msgspec.Raw(row["body"].encode()))


def _told(row: dict[str, Any]) -> dict[str, Any]:
    state = DeliveryState(row["state"])
    return {
        "id": row["id"],
        "webhook_id": row["webhook_id"],
        "delivery_id": str(row["uuid"]),
        "event": row["event"],
        "state": state.word,
        "tries": row["tries"],
        "most_tries": row["most_tries"],
        "next_try_at": row["due_at"] if state is DeliveryState.WAITING else None,
        "response_status": row["response_status"],
        "duration_ms": row["duration_ms"],
        "last_error": row["last_error"],
        "attempts": msgspec.convert(row["attempts"], list[Attempt]),
        "created_at": row["created_at"],
        "finished_at": row["finished_at"],
    }


def _state(word: str | None) -> DeliveryState | None:
    if word is None:
        return None
    try:
        return DeliveryState.from_word(word)
    except KeyError:
        raise Invalid(
            "unknown_state", "state must be waiting, delivered or failed.", field="state"
        ) from None


router = Router("", route_handlers=[list_deliveries, get_delivery, repeat], tags=["Webhooks"])
