"""Search over conversations, messages and contacts of an account."""

from typing import Annotated

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.shapes.search import FoundContact, FoundConversation, FoundMessage
from desk.store.desk import Desk
from desk.store.search import Part, found_contacts, found_conversations, found_messages, read_words
from desk.words.errors import Invalid
from inbox_service.api.answers import answers, raw

PAGE = 15
FURTHEST_PAGE = 100
"""Whoever has not found it by then looks for something else."""


class Sought(msgspec.Struct, frozen=True):
    """What is looked for, and which page of it."""

    words: str
    part: Part


class Messages(msgspec.Struct):
    """The newest messages that hold the words."""

    messages: list[FoundMessage]


class Conversations(msgspec.Struct):
    """Conversations by number or person."""

    conversations: list[FoundConversation]


class Contacts(msgspec.Struct):
    """Contacts by name, address, number or identifier."""

    contacts: list[FoundContact]


class FoundMessages(msgspec.Struct):
    """Messages, as Chatwoot wraps them."""

    payload: Messages


class FoundConversations(msgspec.Struct):
    """Conversations, as Chatwoot wraps them."""

    payload: Conversations


class FoundContacts(msgspec.Struct):
    """Contacts, as Chatwoot wraps them."""

    payload: Contacts


class Everything(msgspec.Struct):
    """All kinds at once."""

    conversations: list[FoundConversation]
    messages: list[FoundMessage]
    contacts: list[FoundContact]


class FoundEverything(msgspec.Struct):
    """All kinds, as Chatwoot wraps them."""

    payload: Everything


def sought(
    viewer: NamedDependency[Viewer],
    q: Annotated[
        str | None,
        QueryParameter(description='Words, the last perhaps unfinished; "a phrase"; a number'),
    ] = None,
    page: FromQuery[int] = 1,
) -> Sought:
    """The search, from its query; raises Invalid when there is nothing to look for."""
    # Asked for after the viewer, not beside it: two at once would each be a task of their own.
    _ = viewer
    words = read_words(q or "").plain
    if not words:
        raise Invalid("nothing_to_look_for", "Say in q what to look for.", field="q")
    if not 1 <= page <= FURTHEST_PAGE:
        raise Invalid("no_such_page", f"page is a number from 1 to {FURTHEST_PAGE}.", field="page")
    return Sought(q or "", Part((page - 1) * PAGE, page * PAGE))


@get(
    "/search",
    operation_id="search-everything",
    opt={"needs": Permission.CONVERSATIONS_READ},
    responses=answers(FoundEverything),
)
async def search_everything(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], sought: NamedDependency[Sought]
) -> Response[bytes]:
    """Conversations, messages and contacts, 15 of each a page."""
    async with desk.reading(viewer.account_id) as tx:
        conversations = await found_conversations(tx, viewer, sought.words, sought.part)
        messages = await found_messages(tx, viewer, sought.words, sought.part)
        contacts = await found_contacts(tx, sought.words, sought.part)
    return raw(
        b'{"payload":{"conversations":'
        + conversations
        + b',"messages":'
        + messages
        + b',"contacts":'
        + contacts
        + b"}}"
    )


@get(
    "/search/conversations",
    operation_id="search-conversations",
    opt={"needs": Permission.CONVERSATIONS_READ},
    responses=answers(FoundConversations),
)
async def search_conversations(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], sought: NamedDependency[Sought]
) -> Response[bytes]:
    """Conversations by their number or by whoever writes in them, 15 a page."""
    async with desk.reading(viewer.account_id) as tx:
        found = await found_conversations(tx, viewer, sought.words, sought.part)
    return raw(b'{"payload":{"conversations":' + found + b"}}")


@get(
    "/search/messages",
    operation_id="search-messages",
    opt={"needs": Permission.CONVERSATIONS_READ},
    responses=answers(FoundMessages),
)
async def search_messages(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], sought: NamedDependency[Sought]
) -> Response[bytes]:
    """Messages that hold the words, the newest first, 15 a page; of all time."""
    async with desk.reading(viewer.account_id) as tx:
        found = await found_messages(tx, viewer, sought.words, sought.part)
    return raw(b'{"payload":{"messages":' + found + b"}}")


@get(
    "/search/contacts",
    operation_id="search-contacts",
    opt={"needs": Permission.CONTACTS_READ},
    responses=answers(FoundContacts),
)
async def search_contacts(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], sought: NamedDependency[Sought]
) -> Response[bytes]:
    """Contacts by name, address, number however it is spaced, or identifier, 15 a page."""
    async with desk.reading(viewer.account_id) as tx:
        found = await found_contacts(tx, sought.words, sought.part)
    return raw(b'{"payload":{"contacts":' + found + b"}}")


router = Router(
    "",
    route_handlers=[
        search_everything,
        search_conversations,
        search_messages,
        search_contacts,
    ],
    dependencies={"sought": Provide(sought, sync_to_thread=False)},
    tags=["Search"],
)
