"""The messages of a conversation."""

from typing import Annotated, Any

import msgspec
from litestar import Request, Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.delete_message import delete_message
from desk.actions.record_send import retry_message
from desk.actions.say import say
from desk.shapes.message import Message
from desk.store.conversations import conversation_by_number, conversation_to_answer
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.messages import message_shape, thread
from desk.store.transaction import TenantTx
from desk.store.visible import visible_conversation
from desk.words.actor import Actor, ActorKind
from desk.words.errors import Invalid
from desk.words.ids import ConversationId, DisplayId, MessageId
from inbox_service.api.answers import answers, raw
from inbox_service.api.incoming import take_incoming
from inbox_service.api.message_contents import contents_of
from inbox_service.api.uploads import (
    MAX_UPLOAD,
    TakesFiles,
    read_written,
    stored,
    stored_before,
)


class Thread(msgspec.Struct):
    """A page of a conversation, oldest first, and what a screen shows beside it."""

    meta: dict[str, Any]
    payload: list[Message]


@get(
    "/conversations/{conversation_id:int}/messages",
    operation_id="list-all-messages",
    opt={"needs": Permission.CONVERSATIONS_READ},
    responses=answers(Thread),
)
async def list_messages(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    before: Annotated[int | None, QueryParameter(description="Messages below this id")] = None,
    after: Annotated[int | None, QueryParameter(description="Messages above this id")] = None,
) -> Response[bytes]:
    """A page of the thread: the newest 20, or those before or after an id."""
    number = DisplayId(conversation_id)
    async with desk.reading(viewer.account_id) as tx:
        return raw(await thread(tx, number, viewer, before=before, after=after))


@post(
    "/conversations/{conversation_id:int}/messages",
    operation_id="create-a-new-message-in-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE, "bots": True},
    status_code=200,
    responses=answers(Message),
    operation_class=TakesFiles,
    request_max_body_size=MAX_UPLOAD,
)
async def create_message(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
) -> Response[bytes]:
    """Reply to the customer, or leave a private note; as JSON or as a form with files."""
    written = await read_written(request, takes_blobs=True)
    files: FileStore = request.app.state.files
    if written.uploads or written.blob_ids:
        async with desk.transaction(viewer.account_id) as tx:
            await visible_conversation(tx, DisplayId(conversation_id), viewer)
    message = written.message
    contents = contents_of(message)
    kept = [await stored(files, viewer.account_id, upload) for upload in written.uploads]
    kept += [
        await stored_before(files, desk.secrets, viewer.account_id, blob_id)
        for blob_id in written.blob_ids
    ]
    if message.message_type in ("incoming", "0"):
        message_id = await take_incoming(desk, viewer, conversation_id, message, kept)
        async with desk.transaction(viewer.account_id) as tx:
            return raw(await _shape(tx, message_id, message.echo_id))
    if message.message_type not in ("outgoing", "1"):
        raise Invalid(
            "unknown_message_type",
            "message_type must be outgoing or incoming.",
            field="message_type",
        )
    is_person = viewer.actor.kind is ActorKind.USER
    transaction = desk.plain_transaction if is_person else desk.transaction
    look_up = conversation_to_answer if is_person else conversation_by_number
    async with transaction(viewer.account_id) as tx:
        conversation = await look_up(tx, DisplayId(conversation_id), viewer)
        message_id = await say(
            tx,
            conversation,
            message.content or None,
            by=viewer.actor,
            private=message.private,
            files=tuple(kept),
            content_attributes=contents.attributes,
            echo_id=message.echo_id,
            content_type=contents.content_type,
            template_params=contents.template_params,
        )
        return raw(await _shape(tx, message_id, message.echo_id))


@delete(
    "/conversations/{conversation_id:int}/messages/{message_id:int}",
    operation_id="delete-a-message",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
    responses=answers(Message),
)
async def remove_message(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    message_id: FromPath[int],
) -> Response[bytes]:
    """Replace a message by a line that says it was deleted."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(
            tx, DisplayId(conversation_id), viewer, even_merged=True
        )
        await delete_message(tx, conversation, MessageId(message_id), by=Actor.user(viewer.user_id))
        await tx.session.flush()
        return raw(await _shape(tx, MessageId(message_id)))


@post(
    "/conversations/{conversation_id:int}/messages/{message_id:int}/retry",
    operation_id="send-a-failed-message-again",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
    responses=answers(Message),
)
async def retry(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    message_id: FromPath[int],
) -> Response[bytes]:
    """Send a failed message once more; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        await retry_message(
            tx,
            ConversationId(conversation.id),
            MessageId(message_id),
            by=Actor.user(viewer.user_id),
        )
        return raw(await _shape(tx, MessageId(message_id)))


async def _shape(tx: TenantTx, message_id: MessageId, echo_id: str | None = None) -> str:
    shape = await message_shape(tx, message_id)
    if echo_id is None:
        return shape
    return f'{shape[:-1]},"echo_id":{msgspec.json.encode(echo_id).decode()}}}'


router = Router(
    "",
    route_handlers=[list_messages, create_message, remove_message, retry],
    tags=["Messages"],
)
