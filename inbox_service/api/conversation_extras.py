"""What is done to a conversation now and then: muted, mailed to somebody, deleted; and its files."""

import msgspec
from litestar import Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.ask_transcript import ask_transcript
from desk.actions.delete_conversations import delete_conversations
from desk.actions.mute_conversation import mute_conversation, unmute_conversation
from desk.shapes.conversation import Conversation
from desk.store.attachments import attachments_of
from desk.store.conversations import conversation_by_number
from desk.store.desk import Desk
from desk.store.visible import visible_conversation
from desk.words.actor import Actor
from desk.words.ids import DisplayId
from inbox_service.api.answers import answers, raw
from inbox_service.api.conversations import whole
from inbox_service.api.words import PageNumber


class AskTranscript(msgspec.Struct):
    """Where the conversation is to be mailed."""

    email: str


class FileOfConversation(msgspec.Struct):
    """One file, with the message it hangs on and who sent it."""

    id: int
    message_id: int
    account_id: int
    file_type: str
    data_url: str | None
    thumb_url: str
    created_at: int


class FilesMeta(msgspec.Struct):
    """How many there are in all."""

    total_count: int


class FilesOfConversation(msgspec.Struct):
    """A page of files, newest first."""

    meta: FilesMeta
    payload: list[FileOfConversation]


@post(
    "/conversations/{conversation_id:int}/mute",
    operation_id="mute-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
    responses=answers(Conversation),
)
async def mute(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], conversation_id: FromPath[int]
) -> Response[bytes]:
    """Resolve it and block its contact."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        await mute_conversation(tx, conversation, by=Actor.user(viewer.user_id))
        await tx.session.flush()
        return raw(await whole(tx, conversation.id))


@post(
    "/conversations/{conversation_id:int}/unmute",
    operation_id="unmute-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
    responses=answers(Conversation),
)
async def unmute(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], conversation_id: FromPath[int]
) -> Response[bytes]:
    """Take its contact's messages again."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        await unmute_conversation(tx, conversation, by=Actor.user(viewer.user_id))
        await tx.session.flush()
        return raw(await whole(tx, conversation.id))


@post(
    "/conversations/{conversation_id:int}/transcript",
    operation_id="mail-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
)
async def send_transcript(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    data: JSONBody[AskTranscript],
) -> None:
    """Mail to somebody what customer and desk said."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(
            tx, DisplayId(conversation_id), viewer, even_merged=True
        )
        await ask_transcript(tx, conversation, data.email, by=Actor.user(viewer.user_id))


@get(
    "/conversations/{conversation_id:int}/attachments",
    operation_id="list-files-of-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_READ},
    responses=answers(FilesOfConversation),
)
async def list_attachments(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    page: PageNumber = 1,
) -> Response[bytes]:
    """Its files, newest first, 100 a page."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await visible_conversation(tx, DisplayId(conversation_id), viewer)
        total, shapes = await attachments_of(tx, [found["id"]], page=page)
    return raw(f'{{"meta":{{"total_count":{total}}},"payload":{shapes}}}')


@delete(
    "/conversations/{conversation_id:int}",
    operation_id="delete-a-conversation",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def delete_conversation(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], conversation_id: FromPath[int]
) -> None:
    """Delete it with its messages and files; what happened in it still counts in reports."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await visible_conversation(tx, DisplayId(conversation_id), viewer)
        await delete_conversations(tx, [found["id"]], by=Actor.user(viewer.user_id))


router = Router(
    "",
    route_handlers=[mute, unmute, send_transcript, list_attachments, delete_conversation],
    tags=["Conversations"],
)
