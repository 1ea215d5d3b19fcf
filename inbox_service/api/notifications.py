"""What a person was told: their list, its count, and what they do with it."""

from typing import Annotated, Any

import msgspec
from litestar import Response, Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.read_notification import (
    delete_all_notifications,
    delete_notification,
    mark_notification,
    read_all_notifications,
    snooze_notification,
)
from desk.shapes.notification import Notification
from desk.store import notifications as notification_store
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid, NotFound
from desk.words.ids import ConversationId
from inbox_service.api.answers import answers, raw
from inbox_service.api.words import moment

READS = {"needs": Permission.CONVERSATIONS_READ}


class NotificationMeta(msgspec.Struct):
    """How many there are, and where in them this page is."""

    unread_count: int
    count: int
    current_page: int


class NotificationPage(msgspec.Struct):
    """A page of them."""

    meta: NotificationMeta
    payload: list[Notification]


class NotificationList(msgspec.Struct):
    """A page of them, as Chatwoot wraps it."""

    data: NotificationPage


class ReadAll(msgspec.Struct):
    """Read everything, or everything about one conversation."""

    primary_actor_type: str | None = None
    primary_actor_id: int | None = None


class DestroyAll(msgspec.Struct):
    """Take away all, or those that were read."""

    type: str = "all"


class SnoozeNotification(msgspec.Struct):
    """Put it off."""

    snoozed_until: int
    """Seconds since 1970."""


@get(
    "/notifications",
    operation_id="list-notifications",
    opt=READS,
    responses=answers(NotificationList),
)
async def list_notifications(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    page: Annotated[int, QueryParameter(ge=1, le=100_000)] = 1,
    includes: Annotated[
        list[str] | None, QueryParameter(name="includes[]", description="read, snoozed")
    ] = None,
    sort_order: Annotated[str, QueryParameter(description="desc or asc")] = "desc",
) -> Response[bytes]:
    """Your own, newest first, without those that were read or put off unless they are asked for."""
    read, snoozed = "read" in (includes or ()), "snoozed" in (includes or ())
    async with desk.transaction(viewer.account_id) as tx:
        counted = await notification_store.count_notifications(
            tx, viewer, read=read, snoozed=snoozed
        )
        found = await notification_store.page_of_notifications(
            tx, viewer, page=page, read=read, snoozed=snoozed, oldest_first=sort_order == "asc"
        )
    meta = NotificationMeta(counted.unread_count, counted.count, page)
    return raw(msgspec.json.encode(NotificationList(NotificationPage(meta, found))))


@get("/notifications/unread_count", operation_id="count-unread-notifications", opt=READS)
async def unread_count(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> int:
    """How many you have not read."""
    async with desk.transaction(viewer.account_id) as tx:
        return (await notification_store.count_notifications(tx, viewer)).unread_count


@post(
    "/notifications/read_all",
    operation_id="read-all-notifications",
    opt=READS,
    status_code=200,
)
async def read_all(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[ReadAll]
) -> None:
    """Read everything, or everything about one conversation."""
    conversation = data.primary_actor_id
    async with desk.transaction(viewer.account_id) as tx:
        await read_all_notifications(
            tx,
            of=viewer.user_id,
            conversation_id=None if conversation is None else ConversationId(conversation),
        )


@post(
    "/notifications/destroy_all",
    operation_id="delete-all-notifications",
    opt=READS,
    status_code=200,
)
async def destroy_all(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[DestroyAll]
) -> None:
    """Take away all, or those that were read."""
    if data.type not in ("all", "read"):
        raise Invalid("unknown_type", "type must be all or read.", field="type")
    async with desk.transaction(viewer.account_id) as tx:
        await delete_all_notifications(tx, of=viewer.user_id, only_read=data.type == "read")


@patch(
    "/notifications/{notification_id:int}",
    operation_id="read-a-notification",
    opt=READS,
    responses=answers(Notification),
)
async def read_one(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], notification_id: FromPath[int]
) -> Response[bytes]:
    """You have read it."""
    async with desk.transaction(viewer.account_id) as tx:
        await mark_notification(tx, notification_id, of=viewer.user_id)
        return await _one(tx, notification_id)


@post(
    "/notifications/{notification_id:int}/unread",
    operation_id="mark-a-notification-unread",
    opt=READS,
    status_code=200,
    responses=answers(Notification),
)
async def unread(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], notification_id: FromPath[int]
) -> Response[bytes]:
    """Leave it for later."""
    async with desk.transaction(viewer.account_id) as tx:
        await mark_notification(tx, notification_id, of=viewer.user_id, read=False)
        return await _one(tx, notification_id)


@post(
    "/notifications/{notification_id:int}/snooze",
    operation_id="snooze-a-notification",
    opt=READS,
    status_code=200,
    responses=answers(Notification),
)
async def snooze(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    notification_id: FromPath[int],
    data: JSONBody[SnoozeNotification],
) -> Response[bytes]:
    """Put it off; it comes back unread."""
    until = moment(data.snoozed_until)
    if until is None:
        raise Invalid("no_such_instant", "Give seconds since 1970.", field="snoozed_until")
    async with desk.transaction(viewer.account_id) as tx:
        await snooze_notification(tx, notification_id, of=viewer.user_id, until=until)
        return await _one(tx, notification_id)


@delete(
    "/notifications/{notification_id:int}",
    operation_id="delete-a-notification",
    opt=READS,
    status_code=200,
)
async def remove(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], notification_id: FromPath[int]
) -> None:
    """Take it away."""
    async with desk.transaction(viewer.account_id) as tx:
        await delete_notification(tx, notification_id, of=viewer.user_id)


async def _one(tx: TenantTx, notification_id: int) -> Response[bytes]:
    found: Any = await notification_store.notification(tx, notification_id)
    if found is None:
        raise NotFound("notification_not_found", "There is no such notification.")
    return raw(msgspec.json.encode(found))


router = Router(
    "",
    route_handlers=[
        list_notifications,
        unread_count,
        read_all,
        destroy_all,
        read_one,
        unread,
        snooze,
        remove,
    ],
    tags=["Notifications"],
)
