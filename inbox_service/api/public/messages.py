"""What the customer says and reads."""

from typing import Annotated, Any
from uuid import uuid4

import msgspec
from litestar import Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter

from desk.actions.rate_conversation import record_rating
from desk.actions.submit_form import submit_form
from desk.actions.take_message import take_message
from desk.actions.write_message import StoredFile
from desk.shapes.visitor import VisitorMessage
from desk.store import public_clients
from desk.store import visitors as visitor_store
from desk.store.conversations import goes_on_in
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.public_clients import Addressee
from desk.words.errors import Invalid, NotFound
from desk.words.ids import MessageId
from inbox_service.api.answers import answers, raw
from inbox_service.api.public.conversations import ONE, absolute
from inbox_service.api.public.door import AnyRequest, number
from inbox_service.api.public.fields import fields_of
from inbox_service.api.public.said import Said, as_inbound, known_words, read_said
from inbox_service.api.taken import TAKES, TAKES_FILES
from inbox_service.api.uploads import MAX_UPLOAD, stored
from inbox_service.auth.guard import LARGEST_ID, PUBLIC
from ingest.inbox_contract import Site, understood

MOST_FEEDBACK = 5_000


class Rated(msgspec.Struct, frozen=True):
    """The answer to the question how it went."""

    rating: int
    feedback_message: str | None = None


class FormAnswered(msgspec.Struct, frozen=True):
    """The values of a form message: an object, or a list of them."""

    submitted_values: dict[str, Any] | list[Any]


@post(
    f"{ONE}/messages",
    opt=PUBLIC | {TAKES: Said, TAKES_FILES: True},
    operation_id="create-a-message",
    status_code=200,
    responses=answers(VisitorMessage),
    request_max_body_size=MAX_UPLOAD,
)
async def create_message(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    addressee: NamedDependency[Addressee],
    site: NamedDependency[Site],
    conversation_id: FromPath[int],
) -> Response[bytes]:
    """Say something, as JSON or as a form with files; answered when it is stored.

    The same `echo_id` with the same words is the same message.
    """
    brought = await read_said(request)
    kept = [await stored(files, addressee.visitor.account_id, upload) for upload in brought.uploads]
    shape = await _take(desk, addressee, conversation_id, brought.said, kept)
    return raw(absolute(shape, site))


@get(
    f"{ONE}/messages",
    opt=PUBLIC,
    operation_id="list-all-conversation-messages",
    responses=answers(list[VisitorMessage]),
)
async def list_messages(
    desk: NamedDependency[Desk],
    addressee: NamedDependency[Addressee],
    site: NamedDependency[Site],
    conversation_id: FromPath[int],
    before: Annotated[int | None, QueryParameter(description="Messages below this id")] = None,
    after: Annotated[int | None, QueryParameter(description="Messages above this id")] = None,
) -> Response[bytes]:
    """The newest 20, oldest first, or those before or after an id; never a private note."""
    async with desk.transaction(addressee.visitor.account_id) as tx:
        where = await public_clients.conversation_of(tx, addressee, number(conversation_id))
        page = await visitor_store.visitor_messages(tx, where, before=before, after=after)
    return raw(absolute(page.decode(), site))


@patch(
    f"{ONE}/messages/{{message_id:int}}",
    opt=PUBLIC | {TAKES: FormAnswered},
    operation_id="update-a-message",
    responses=answers(VisitorMessage),
)
async def answer_form(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    addressee: NamedDependency[Addressee],
    site: NamedDependency[Site],
    conversation_id: FromPath[int],
    message_id: FromPath[int],
) -> Response[bytes]:
    """Fill in a form, or say how it went; a later answer replaces an earlier one."""
    values = understood(await fields_of(request), FormAnswered).submitted_values
    rated = _rating(values)
    if not 0 <= message_id <= LARGEST_ID:
        raise NotFound("message_not_found", "There is no such message.")
    visitor = addressee.visitor
    async with desk.transaction(visitor.account_id) as tx:
        where = await public_clients.conversation_of(tx, addressee, number(conversation_id))
        if rated is None:
            by = visitor.contact_id
            await submit_form(tx, where, MessageId(message_id), values, by=by)
        else:
            row = await tx.first(
                """select c.uuid from conversations c
                   join csat_surveys s on s.account_id = c.account_id and s.conversation_id = c.id
                   where c.account_id = %s and c.id = %s and s.message_id = %s""",
                [tx.account_id, where, message_id],
            )
            if row is None:
                raise NotFound("message_not_found", "There is no such question.")
            said = (rated.feedback_message or "").replace("\x00", "").strip()[:MOST_FEEDBACK]
            await record_rating(tx, row["uuid"], rated.rating, said or None)
        await tx.session.flush()
        shape = await visitor_store.visitor_message(tx, visitor.account_id, message_id)
    return raw(absolute(shape, site))


async def _take(
    desk: Desk, who: Addressee, conversation_id: int, said: Said, files: list[StoredFile]
) -> str:
    """The stored message's shape; committed when this returns."""
    visitor = who.visitor
    async with desk.transaction_across_accounts(
        reason="a client's message is received as all messages are"
    ) as wide:
        tx = wide.within(visitor.account_id)
        where = await public_clients.conversation_of(tx, who, number(conversation_id))
        inbound = await as_inbound(tx, where, who.source_id, said, files)
        words = await known_words(tx, visitor.inbox_id, inbound.source_id)
        if words is not None and words != (inbound.content or "") and not said.source_id:
            # A client that counts its handles from the beginning again says something else.
            inbound = msgspec.structs.replace(inbound, source_id=str(uuid4()))
        taken = await take_message(wide, visitor.account_id, visitor.inbox_id, inbound)
        if taken.conversation_id not in (where, await goes_on_in(tx, where)):
            raise Invalid("source_id_taken", "Another message has this id.", field="source_id")
        return await visitor_store.visitor_message(wide, visitor.account_id, taken.message_id)


def _rating(values: dict[str, Any] | list[Any]) -> Rated | None:
    if not isinstance(values, dict) or "csat_survey_response" not in values:
        return None
    return understood({"r": values["csat_survey_response"]}, _Wrapped).r


class _Wrapped(msgspec.Struct, frozen=True):
    r: Rated


HANDLERS = (create_message, list_messages, answer_form)
