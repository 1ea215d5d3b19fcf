"""The account's outgoing webhooks, for its administrators."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_webhook import (
    create_webhook,
    delete_webhook,
    renew_webhook_secret,
    resume_webhook,
    secret_of,
    update_webhook,
)
from desk.store import webhooks as webhook_store
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.errors import NotFound
from desk.words.webhooks import SUBSCRIBED_AT_FIRST

MANAGES = {"needs": Permission.DESK_MANAGE}


class WebhookInbox(msgspec.Struct):
    """The inbox that was named with it."""

    id: int
    name: str


class Webhook(msgspec.Struct):
    """An endpoint that is told, and how it has been doing."""

    id: int
    account_id: int
    name: str | None
    url: str
    subscriptions: list[str]
    secret: str | None
    inbox: WebhookInbox | None
    status: str
    """`active`, `failing` or `paused`; this and what follows is ours."""
    paused_reason: str | None
    paused_at: datetime | None
    failing_since: datetime | None
    last_error: str | None
    last_delivered_at: datetime | None
    waiting: int
    """Deliveries that are still to be made."""


class WebhookFields(msgspec.Struct):
    """What can be said about a webhook."""

    url: str | msgspec.UnsetType = msgspec.UNSET
    name: str | msgspec.UnsetType | None = msgspec.UNSET
    subscriptions: list[str] | msgspec.UnsetType = msgspec.UNSET
    inbox_id: int | msgspec.UnsetType | None = msgspec.UNSET


class WriteWebhook(WebhookFields):
    """The fields, bare or wrapped as Chatwoot's page sends them."""

    webhook: WebhookFields | msgspec.UnsetType = msgspec.UNSET


class WebhookList(msgspec.Struct):
    """All of them."""

    webhooks: list[Webhook]


class WebhookListPayload(msgspec.Struct):
    """All of them, as Chatwoot wraps them."""

    payload: WebhookList


class OneWebhook(msgspec.Struct):
    """One of them."""

    webhook: Webhook


class WebhookPayload(msgspec.Struct):
    """One of them, as Chatwoot wraps it."""

    payload: OneWebhook


@get("/webhooks", operation_id="list-all-webhooks", opt=MANAGES)
async def list_webhooks(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]
) -> WebhookListPayload:
    """The account's webhooks with their secrets."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await webhook_store.webhooks(tx)
    return WebhookListPayload(WebhookList([_shape(row, desk) for row in rows]))


@get("/webhooks/{webhook_id:int}", operation_id="get-a-webhook", opt=MANAGES)
async def get_webhook(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], webhook_id: FromPath[int]
) -> WebhookPayload:
    """One webhook; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        return await _one(tx, desk, webhook_id)


@post("/webhooks", operation_id="create-a-webhook", opt=MANAGES, status_code=200)
async def add_webhook(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[WriteWebhook]
) -> WebhookPayload:
    """Tell an endpoint from now on."""
    fields = _fields(data)
    async with desk.transaction(viewer.account_id) as tx:
        row = await create_webhook(
            tx,
            fields.get("url", ""),
            by=Actor.user(viewer.user_id),
            secrets=desk.secrets,
            subscriptions=fields.get("subscriptions", _at_first()),
            name=fields.get("name"),
            inbox_id=fields.get("inbox_id"),
        )
        return await _one(tx, desk, row.id)


@patch("/webhooks/{webhook_id:int}", operation_id="update-a-webhook", opt=MANAGES)
async def change_webhook(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    webhook_id: FromPath[int],
    data: JSONBody[WriteWebhook],
) -> WebhookPayload:
    """Change its address, name or subscriptions."""
    async with desk.transaction(viewer.account_id) as tx:
        await update_webhook(tx, webhook_id, _fields(data), by=Actor.user(viewer.user_id))
        return await _one(tx, desk, webhook_id)


@delete("/webhooks/{webhook_id:int}", operation_id="delete-a-webhook", opt=MANAGES, status_code=200)
async def remove_webhook(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], webhook_id: FromPath[int]
) -> None:
    """Tell it nothing any more."""
    async with desk.transaction(viewer.account_id) as tx:
        await delete_webhook(tx, webhook_id, by=Actor.user(viewer.user_id))


@post(
    "/webhooks/{webhook_id:int}/resume",
    operation_id="resume-a-webhook",
    opt=MANAGES,
    status_code=200,
)
async def resume(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], webhook_id: FromPath[int]
) -> WebhookPayload:
    """Switch a paused endpoint on again; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        await resume_webhook(tx, webhook_id, by=Actor.user(viewer.user_id))
        return await _one(tx, desk, webhook_id)


@post(
    "/webhooks/{webhook_id:int}/reset_secret",
    operation_id="reset-the-secret-of-a-webhook",
    opt=MANAGES,
    status_code=200,
)
async def reset_secret(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], webhook_id: FromPath[int]
) -> WebhookPayload:
    """Sign with another secret from now on; ours."""
    by = Actor.user(viewer.user_id)
    async with desk.transaction(viewer.account_id) as tx:
        await renew_webhook_secret(tx, webhook_id, by=by, secrets=desk.secrets)
        return await _one(tx, desk, webhook_id)


def _fields(data: WriteWebhook) -> dict[str, Any]:
    fields: dict[str, Any] = msgspec.to_builtins(data)
    return {**fields, **fields.pop("webhook", {})}


def _at_first() -> Sequence[str]:
    return [event.value for event in SUBSCRIBED_AT_FIRST]


async def _one(tx: TenantTx, desk: Desk, webhook_id: int) -> WebhookPayload:
    await tx.session.flush()
    row = await webhook_store.webhook(tx, webhook_id)
    if row is None:
        raise NotFound("webhook_not_found", "There is no such webhook.")
    return WebhookPayload(OneWebhook(_shape(row, desk)))


def _shape(row: dict[str, Any], desk: Desk) -> Webhook:
    status = "active"
    if row["paused_at"] is not None:
        status = "paused"
    elif row["failing_since"] is not None:
        status = "failing"
    return Webhook(
        id=row["id"],
        account_id=row["account_id"],
        name=row["name"],
        url=row["url"],
        subscriptions=row["subscriptions"],
        secret=secret_of(row["id"], row["secret"], desk.secrets),
        inbox=None if row["inbox_id"] is None else WebhookInbox(row["inbox_id"], row["inbox_name"]),
        status=status,
        paused_reason=row["paused_reason"],
        paused_at=row["paused_at"],
        failing_since=row["failing_since"],
        last_error=row["last_error"],
        last_delivered_at=row["last_delivered_at"],
        waiting=row["waiting"],
    )


router = Router(
    "",
    route_handlers=[
        list_webhooks,
        get_webhook,
        add_webhook,
        change_webhook,
        remove_webhook,
        resume,
        reset_secret,
    ],
    tags=["Webhooks"],
)
