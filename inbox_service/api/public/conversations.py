"""The customer's conversations."""

from enum import StrEnum
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from desk.actions.change_status import change_status
from desk.actions.see_conversation import see_conversation
from desk.actions.start_conversation import Opening, start_conversation
from desk.rules.reopening import status_of_new
from desk.shapes.public import PublicConversation
from desk.store import public_clients
from desk.store.conversations import goes_on_in, lock_conversation, shapes
from desk.store.desk import Desk
from desk.store.frames_shapes import conversation_push
from desk.store.public_clients import Addressee, ApiInbox
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.ids import ConversationId
from inbox_service.api.answers import answers, raw
from inbox_service.api.public.door import AnyRequest, number
from inbox_service.api.public.fields import fields_of
from inbox_service.api.taken import TAKES
from inbox_service.auth.guard import PUBLIC
from inbox_service.realtime.typing_notices import TypingNotices, Typist
from ingest.inbox_contract import Site, understood

ONE = "/contacts/{contact_identifier:str}/conversations/{conversation_id:int}"


class ConversationWanted(msgspec.Struct, frozen=True):
    """What a client says about a conversation it begins."""

    custom_attributes: dict[str, Any] | None = None


class TypingStatus(StrEnum):
    """Whether the customer is writing."""

    ON = "on"
    OFF = "off"


class TypingWanted(msgspec.Struct, frozen=True):
    """Begin or stop; it stops by itself after a while."""

    typing_status: TypingStatus


@post(
    "/contacts/{contact_identifier:str}/conversations",
    opt=PUBLIC | {TAKES: ConversationWanted},
    operation_id="create-a-conversation",
    status_code=200,
    responses=answers(PublicConversation),
)
async def begin_conversation(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    api_inbox: NamedDependency[ApiInbox],
    addressee: NamedDependency[Addressee],
    site: NamedDependency[Site],
) -> Response[bytes]:
    """Begin one; an inbox that keeps a single conversation gives the one there is."""
    wanted = understood(await fields_of(request), ConversationWanted)
    visitor = addressee.visitor
    async with desk.transaction(visitor.account_id) as tx:
        where = None
        if api_inbox.locked_to_single:
            where = await public_clients.latest_conversation(tx, addressee)
        if where is None:
            blocked = await tx.one(
                "select blocked from contacts where account_id = %s and id = %s",
                [tx.account_id, visitor.contact_id],
            )
            begun = await start_conversation(
                tx,
                Opening(
                    visitor.inbox_id,
                    visitor.contact_id,
                    addressee.source_id,
                    status_of_new(contact_blocked=blocked["blocked"]),
                    custom_attributes=wanted.custom_attributes or {},
                ),
                by=Actor.contact(visitor.contact_id),
            )
            where = ConversationId(begun.id)
        return raw(absolute(await public_clients.public_conversation(tx, where), site))


@get(
    "/contacts/{contact_identifier:str}/conversations",
    opt=PUBLIC,
    operation_id="list-all-contact-conversations",
    responses=answers(list[PublicConversation]),
)
async def list_conversations(
    desk: NamedDependency[Desk],
    addressee: NamedDependency[Addressee],
    site: NamedDependency[Site],
) -> Response[bytes]:
    """All of them, oldest first; of a verified customer also those of other verified addresses."""
    async with desk.transaction(addressee.visitor.account_id) as tx:
        page = await public_clients.conversations_of(tx, addressee)
    return raw(absolute(page.decode(), site))


@get(
    ONE,
    opt=PUBLIC,
    operation_id="get-single-conversation",
    responses=answers(PublicConversation),
)
async def get_conversation(
    desk: NamedDependency[Desk],
    addressee: NamedDependency[Addressee],
    site: NamedDependency[Site],
    conversation_id: FromPath[int],
) -> Response[bytes]:
    """One of them."""
    async with desk.transaction(addressee.visitor.account_id) as tx:
        where = await public_clients.conversation_of(tx, addressee, number(conversation_id))
        return raw(absolute(await public_clients.public_conversation(tx, where), site))


@post(
    f"{ONE}/toggle_status",
    opt=PUBLIC,
    operation_id="resolve-conversation",
    status_code=200,
    responses=answers(PublicConversation),
)
async def resolve(
    desk: NamedDependency[Desk],
    addressee: NamedDependency[Addressee],
    site: NamedDependency[Site],
    conversation_id: FromPath[int],
) -> Response[bytes]:
    """The customer needs no more help; a resolved one stays so."""
    visitor = addressee.visitor
    async with desk.transaction(visitor.account_id) as tx:
        asked = await public_clients.conversation_of(tx, addressee, number(conversation_id))
        where = await goes_on_in(tx, asked)
        conversation = await lock_conversation(tx, where)
        by = Actor.contact(visitor.contact_id)
        await change_status(tx, conversation, ConversationStatus.RESOLVED, by=by)
        await tx.session.flush()
        return raw(absolute(await public_clients.public_conversation(tx, where), site))


@post(
    f"{ONE}/toggle_typing",
    opt=PUBLIC | {TAKES: TypingWanted},
    operation_id="toggle-typing-status",
    status_code=200,
)
async def toggle_typing(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    typing_notices: NamedDependency[TypingNotices],
    addressee: NamedDependency[Addressee],
    conversation_id: FromPath[int],
) -> None:
    """Agents see that the customer is writing; the status may stand in the query."""
    said = {**dict(request.query_params), **await fields_of(request)}
    wanted = understood(said, TypingWanted)
    visitor = addressee.visitor
    async with desk.transaction(visitor.account_id) as tx:
        asked = await public_clients.conversation_of(tx, addressee, number(conversation_id))
        where = await goes_on_in(tx, asked)
        row = await tx.one(
            """select c.display_id, c.assignee_id, k.id as contact_id, k.name
               from conversations c
               join contacts k on k.account_id = c.account_id and k.id = c.contact_id
               where c.account_id = %s and c.id = %s""",
            [tx.account_id, where],
        )
        shape = conversation_push((await shapes(tx, visitor.account_id, [where]))[where])
    typist = Typist(
        account_id=visitor.account_id,
        contact_id=row["contact_id"],
        name=row["name"],
        conversation_id=where,
        display_id=row["display_id"],
        inbox_id=visitor.inbox_id,
        assignee_id=row["assignee_id"],
        contact_token=visitor.token,
    )
    await typing_notices.tell(typist, shape, on=wanted.typing_status is TypingStatus.ON)


@post(f"{ONE}/update_last_seen", opt=PUBLIC, operation_id="update-last-seen", status_code=200)
async def update_last_seen(
    desk: NamedDependency[Desk],
    addressee: NamedDependency[Addressee],
    conversation_id: FromPath[int],
) -> None:
    """The customer has read all there is; agents see it."""
    async with desk.transaction(addressee.visitor.account_id) as tx:
        where = await public_clients.conversation_of(tx, addressee, number(conversation_id))
        await see_conversation(tx, await lock_conversation(tx, where))


def absolute(shape: str, site: Site) -> str:
    """The shape with its files' addresses made whole: its reader is elsewhere."""
    return shape.replace('"data_url" : "/', f'"data_url" : "{site.public_url}/')


HANDLERS = (
    begin_conversation,
    list_conversations,
    get_conversation,
    resolve,
    toggle_typing,
    update_last_seen,
)
