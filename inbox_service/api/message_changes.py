"""Changing messages that are there: corrected, delivered, taken back; with or without their conversation."""

from typing import Annotated

import msgspec
from litestar import Response, Router, delete, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.delete_message import delete_message
from desk.actions.edit_message import edit_message
from desk.actions.report_delivery import LONGEST_REASON, report_delivery
from desk.shapes.message import Message
from desk.store.conversations import conversation_by_number
from desk.store.desk import Desk
from desk.store.messages import message_shapes
from desk.store.transaction import TenantTx
from desk.store.visible import conversation_of_message
from desk.words.actor import Actor
from desk.words.errors import Invalid
from desk.words.ids import DisplayId, MessageId
from inbox_service.api.answers import answers, raw
from inbox_service.api.words import delivery_of


class ChangeMessage(msgspec.Struct):
    """How far a message of an API inbox got; or, ours, another text for a note."""

    status: str | None = None
    external_error: Annotated[str, Meta(max_length=LONGEST_REASON)] | None = None
    content: str | None = None


@patch(
    "/conversations/{conversation_id:int}/messages/{message_id:int}",
    operation_id="update-a-message-in-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    responses=answers(Message),
)
async def change_message(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    message_id: FromPath[int],
    data: JSONBody[ChangeMessage],
) -> Response[bytes]:
    """Say how far it got, or correct its text."""
    async with desk.transaction(viewer.account_id) as tx:
        return await _change(tx, viewer, DisplayId(conversation_id), MessageId(message_id), data)


@patch(
    "/messages/{message_id:int}",
    operation_id="change-a-message",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    responses=answers(Message),
)
async def change_message_by_id(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    message_id: FromPath[int],
    data: JSONBody[ChangeMessage],
) -> Response[bytes]:
    """The same, for clients that do not name the conversation."""
    async with desk.transaction(viewer.account_id) as tx:
        number = await conversation_of_message(tx, message_id)
        return await _change(tx, viewer, number, MessageId(message_id), data)


@delete(
    "/messages/{message_id:int}",
    operation_id="take-back-a-message",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
    responses=answers(Message),
)
async def remove_message_by_id(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], message_id: FromPath[int]
) -> Response[bytes]:
    """Replace it by a line that says it was deleted, for clients that do not name the conversation."""
    async with desk.transaction(viewer.account_id) as tx:
        number = await conversation_of_message(tx, message_id)
        conversation = await conversation_by_number(tx, number, viewer, even_merged=True)
        await delete_message(tx, conversation, MessageId(message_id), by=Actor.user(viewer.user_id))
        await tx.session.flush()
        return await _shape(tx, MessageId(message_id))


async def _change(
    tx: TenantTx, viewer: Viewer, number: DisplayId, message_id: MessageId, data: ChangeMessage
) -> Response[bytes]:
    if data.status is None and data.content is None:
        raise Invalid("nothing_to_change", "Give status, or content.", field="status")
    conversation = await conversation_by_number(tx, number, viewer)
    if data.status is not None:
        await report_delivery(
            tx,
            conversation,
            message_id,
            delivery_of(data.status),
            reason=data.external_error,
            by=Actor.user(viewer.user_id),
        )
    if data.content is not None:
        await edit_message(
            tx,
            conversation,
            message_id,
            data.content,
            by=viewer.user_id,
            any_writers=viewer.sees_all,
        )
    await tx.session.flush()
    return await _shape(tx, message_id)


async def _shape(tx: TenantTx, message_id: MessageId) -> Response[bytes]:
    return raw(str((await message_shapes(tx, tx.account_id, [message_id]))[message_id]["shape"]))


router = Router(
    "",
    route_handlers=[change_message, change_message_by_id, remove_message_by_id],
    tags=["Messages"],
)
