"""Who has the next move in a conversation, how urgent it is, and whether it was read."""

from typing import Any

import msgspec
from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.change_status import change_status
from desk.actions.judge_conversation import set_custom_attributes, set_priority
from desk.actions.mark_read import mark_read, mark_unread
from desk.actions.read_notification import read_all_notifications
from desk.shapes.conversation import Conversation
from desk.store.conversations import conversation_by_number
from desk.store.desk import Desk
from desk.words.conversation import ConversationStatus
from desk.words.ids import ConversationId, DisplayId
from inbox_service.api.answers import answers, raw
from inbox_service.api.conversations import whole
from inbox_service.api.words import moment, priority_of, status_of


class ToggleStatus(msgspec.Struct):
    """Open, resolve, snooze or put on hold; without a status, open and resolved change places."""

    status: str | None = None
    snoozed_until: int | str | None = None
    """Seconds since 1970, or a date and time; absent: until the customer writes."""


class StatusPayload(msgspec.Struct):
    """How it stands now."""

    success: bool
    conversation_id: int
    current_status: str
    snoozed_until: int | None


class StatusToggled(msgspec.Struct):
    """How it stands now, as Chatwoot wraps it."""

    meta: dict[str, Any]
    payload: StatusPayload


class TogglePriority(msgspec.Struct):
    """Judge how urgent it is; null takes the judgement back."""

    priority: str | None = None


class SetAttributes(msgspec.Struct):
    """Replace the custom attributes."""

    custom_attributes: dict[str, Any]


@post(
    "/conversations/{conversation_id:int}/toggle_status",
    operation_id="toggle-status-of-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE, "bots": True},
    status_code=200,
)
async def toggle_status(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    data: JSONBody[ToggleStatus],
) -> StatusToggled:
    """Open, resolve, snooze or put on hold."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        to = _next(ConversationStatus(conversation.status))
        if data.status is not None:
            to = status_of(data.status)
        await change_status(
            tx,
            conversation,
            to,
            by=viewer.actor,
            snoozed_until=moment(data.snoozed_until),
        )
    until = conversation.snoozed_until
    return StatusToggled(
        {},
        StatusPayload(
            True, conversation_id, to.word, None if until is None else int(until.timestamp())
        ),
    )


@post(
    "/conversations/{conversation_id:int}/toggle_priority",
    operation_id="toggle-priority-of-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE, "bots": True},
    status_code=200,
    responses=answers(Conversation),
)
async def toggle_priority(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    data: JSONBody[TogglePriority],
) -> Response[bytes]:
    """Judge how urgent it is."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        await set_priority(tx, conversation, priority_of(data.priority), by=viewer.actor)
        await tx.session.flush()
        return raw(await whole(tx, conversation.id))


@post(
    "/conversations/{conversation_id:int}/custom_attributes",
    operation_id="update-custom-attributes-of-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE, "bots": True},
    status_code=200,
)
async def replace_custom_attributes(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    data: JSONBody[SetAttributes],
) -> SetAttributes:
    """Replace the custom attributes."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        await set_custom_attributes(tx, conversation, data.custom_attributes, by=viewer.actor)
    return SetAttributes(conversation.custom_attributes)


@post(
    "/conversations/{conversation_id:int}/update_last_seen",
    operation_id="update-last-seen-of-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
    responses=answers(Conversation),
)
async def update_last_seen(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], conversation_id: FromPath[int]
) -> Response[bytes]:
    """You have seen the customer's latest messages; ours answers the conversation."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(
            tx, DisplayId(conversation_id), viewer, even_merged=True
        )
        await mark_read(tx, conversation, by=viewer.user_id)
        await read_all_notifications(
            tx, of=viewer.user_id, conversation_id=ConversationId(conversation.id)
        )
        await tx.session.flush()
        return raw(await whole(tx, conversation.id))


@post(
    "/conversations/{conversation_id:int}/unread",
    operation_id="mark-a-conversation-unread",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
    responses=answers(Conversation),
)
async def mark_as_unread(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], conversation_id: FromPath[int]
) -> Response[bytes]:
    """Let the customer's last message show as unread again."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        await mark_unread(tx, conversation, by=viewer.user_id)
        await tx.session.flush()
        return raw(await whole(tx, conversation.id))


def _next(status: ConversationStatus) -> ConversationStatus:
    opens = status is not ConversationStatus.OPEN
    return ConversationStatus.OPEN if opens else ConversationStatus.RESOLVED


router = Router(
    "",
    route_handlers=[
        toggle_status,
        toggle_priority,
        replace_custom_attributes,
        update_last_seen,
        mark_as_unread,
    ],
    tags=["Conversations"],
)
