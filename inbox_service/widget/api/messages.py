"""What the visitor says and reads."""

from typing import Annotated, Any

import msgspec
from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from desk.access.hearing import Visitor
from desk.actions.identify_visitor import Claim, identify_visitor
from desk.actions.judge_conversation import set_custom_attributes
from desk.actions.rate_conversation import record_rating
from desk.actions.take_message import Taken, take_message
from desk.actions.write_message import StoredFile
from desk.shapes.visitor import VisitorConversation, VisitorMessage
from desk.store import visitors as visitor_store
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.transaction import TenantTx
from desk.store.visitors import Website
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound
from desk.words.ids import MessageId
from inbox_service.api.answers import answers, raw
from inbox_service.api.taken import TAKES, TAKES_FILES
from inbox_service.api.uploads import MAX_UPLOAD, stored
from inbox_service.auth.guard import PUBLIC
from inbox_service.widget.api.contact import ContactSaid
from inbox_service.widget.door import AnyRequest, WidgetDoor
from inbox_service.widget.said import (
    as_inbound,
    read_brought,
    refuse_odd_file,
    small,
)
from ingest.channels.website.payload import MessageWanted, SayIt

MOST_FEEDBACK = 5_000


class VisitorThread(msgspec.Struct):
    """A page of the visitor's conversation, oldest first."""

    payload: list[VisitorMessage]
    meta: dict[str, Any]


class BeginConversation(msgspec.Struct):
    """The first message, with what was asked before it."""

    message: MessageWanted
    contact: ContactSaid | None = None
    custom_attributes: dict[str, Any] | None = None


class Rated(msgspec.Struct):
    """The answer to the question how it went."""

    rating: int
    feedback_message: str | None = None


class SubmittedValues(msgspec.Struct):
    """The values of a form message."""

    csat_survey_response: Rated


class Submission(msgspec.Struct):
    """Where Chatwoot's widget puts them."""

    submitted_values: SubmittedValues


class AnswerForm(msgspec.Struct):
    """Answer a message that is a form."""

    message: Submission


@get(
    "/messages",
    opt=PUBLIC,
    operation_id="widget-messages",
    responses=answers(VisitorThread),
)
async def list_messages(
    desk: NamedDependency[Desk],
    visitor: NamedDependency[Visitor],
    before: Annotated[int | None, QueryParameter(description="Messages below this id")] = None,
    after: Annotated[int | None, QueryParameter(description="Messages above this id")] = None,
) -> Response[bytes]:
    """The visitor's current conversation: the newest 20, or those before or after an id."""
    async with desk.transaction(visitor.account_id) as tx:
        where = await visitor_store.current_conversation(tx, visitor)
        page, meta = b"[]", b"{}"
        if where is not None:
            page = await visitor_store.visitor_messages(tx, where, before=before, after=after)
            meta = (await visitor_store.visitor_conversation(tx, where)).encode()
    return raw(b'{"payload":' + page + b',"meta":' + meta + b"}")


@post(
    "/messages",
    opt=PUBLIC | {TAKES: SayIt, TAKES_FILES: True},
    operation_id="widget-create-message",
    status_code=200,
    responses=answers(VisitorMessage),
    request_max_body_size=MAX_UPLOAD,
)
async def create_message(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    widget_door: NamedDependency[WidgetDoor],
    website: NamedDependency[Website],
    visitor: NamedDependency[Visitor],
) -> Response[bytes]:
    """Say something, as JSON or as a form with files; answered when it is stored."""
    await widget_door.count_message(visitor)
    brought = await read_brought(request, website)
    kept = [await stored(files, visitor.account_id, upload) for upload in brought.uploads]
    for file in kept:
        refuse_odd_file(file)
    _, shape = await _take(desk, request, visitor, brought.message, kept)
    return raw(shape)


@post(
    "/conversations",
    opt=PUBLIC,
    operation_id="widget-create-conversation",
    status_code=200,
    responses=answers(VisitorConversation),
)
async def begin_conversation(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    widget_door: NamedDependency[WidgetDoor],
    visitor: NamedDependency[Visitor],
    data: JSONBody[BeginConversation],
) -> Response[bytes]:
    """Say the first thing, and who says it."""
    await widget_door.count_message(visitor)
    claim = None if data.contact is None else data.contact.claim()
    taken, message = await _take(
        desk, request, visitor, data.message, [], claim, small(data.custom_attributes or {})
    )
    async with desk.transaction(visitor.account_id) as tx:
        shape = await visitor_store.visitor_conversation(tx, taken.conversation_id)
    return raw(f'{shape[:-1]},"messages":[{message}]}}')


@patch(
    "/messages/{message_id:int}",
    opt=PUBLIC,
    operation_id="widget-answer-form",
    responses=answers(VisitorMessage),
)
async def answer_form(
    desk: NamedDependency[Desk],
    visitor: NamedDependency[Visitor],
    message_id: FromPath[int],
    data: JSONBody[AnswerForm],
) -> Response[bytes]:
    """Say how it went; a later answer replaces an earlier one."""
    rated = data.message.submitted_values.csat_survey_response
    said = (rated.feedback_message or "").replace("\x00", "").strip()[:MOST_FEEDBACK] or None
    async with desk.transaction(visitor.account_id) as tx:
        row = await tx.first(
            """select c.uuid from messages m
               join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
               join csat_surveys s on s.account_id = m.account_id and s.message_id = m.id
               where m.account_id = %s and m.id = %s and c.contact_inbox_id = %s""",
            [tx.account_id, message_id, visitor.contact_inbox_id],
        )
        if row is None:
            raise NotFound("message_not_found", "There is no such question.")
        await record_rating(tx, row["uuid"], rated.rating, said)
        await tx.session.flush()
        shape = await visitor_store.visitor_message(tx, visitor.account_id, message_id)
    return raw(shape)


async def _take(
    desk: Desk,
    request: AnyRequest,
    visitor: Visitor,
    said: MessageWanted,
    files: list[StoredFile],
    claim: Claim | None = None,
    attributes: dict[str, Any] | None = None,
) -> tuple[Taken, str]:
    """The stored message, and its shape; committed when this returns."""
    async with desk.transaction_across_accounts(
        reason="a visitor's message is received as all messages are"
    ) as wide:
        tx = wide.within(visitor.account_id)
        source_id = await visitor_store.source_of(tx, visitor)
        if claim is not None:
            await identify_visitor(tx, visitor, claim, verified=False)
        inbound = as_inbound(
            said,
            source_id,
            files,
            quoted=await _quoted(tx, visitor, said.reply_to),
            language=request.headers.get("accept-language", ""),
            now=tx.now,
        )
        taken = await take_message(wide, visitor.account_id, visitor.inbox_id, inbound)
        if attributes:
            conversation = await lock_conversation(tx, taken.conversation_id)
            merged = conversation.custom_attributes | attributes
            by = Actor.contact(visitor.contact_id)
            await set_custom_attributes(tx, conversation, merged, by=by)
        shape = await visitor_store.visitor_message(wide, visitor.account_id, taken.message_id)
    return taken, shape


async def _quoted(tx: TenantTx, visitor: Visitor, reply_to: int | None) -> str | None:
    """The quoted message's own id; raises Invalid when the visitor cannot see it."""
    if reply_to is None:
        return None
    where = await visitor_store.current_conversation(tx, visitor)
    row = await tx.first(
        """select source_id from messages where account_id = %s and conversation_id = %s
           and id = %s and not private and message_type <> 2""",
        [tx.account_id, where, MessageId(reply_to)],
    )
    if row is None:
        raise Invalid("quoted_message_not_found", "There is no such message.", field="reply_to")
    return str(row["source_id"]) if row["source_id"] else None


HANDLERS = (list_messages, create_message, begin_conversation, answer_form)
