"""Contacts: who writes to the account."""

from typing import Annotated, Any

import msgspec
from litestar import Response, Router, delete, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.address_contact import address_contact
from desk.actions.delete_contact import delete_contact
from desk.actions.keep_contact import create_contact, update_contact
from desk.shapes.contact import Contact
from desk.shapes.conversation import Conversation
from desk.store.contacts import (
    PAGE,
    contact_addresses,
    contact_page,
    contact_shape,
    require_contact,
)
from desk.store.conversations import ConversationFilter, page_of_ids, shape_list
from desk.store.desk import Desk
from desk.store.inboxes import inbox
from desk.words.actor import Actor
from desk.words.errors import Invalid
from desk.words.ids import ContactId, InboxId
from inbox_service.api.answers import answers, raw


class ContactMeta(msgspec.Struct):
    """How many there are, and which page this is."""

    count: int
    current_page: int
    has_more: bool = False


class ContactList(msgspec.Struct):
    """A page of contacts."""

    meta: ContactMeta
    payload: list[Contact]


class OneContact(msgspec.Struct):
    """A contact, as Chatwoot wraps it."""

    payload: Contact


class CreatedPayload(msgspec.Struct):
    """The new contact, and its address where an inbox was given."""

    contact: Contact
    contact_inbox: dict[str, Any]


class ContactMade(msgspec.Struct):
    """The new contact, as Chatwoot wraps it."""

    payload: CreatedPayload


class Addresses(msgspec.Struct):
    """Where the contact can be written to."""

    payload: list[dict[str, Any]]


class Conversations(msgspec.Struct):
    """The contact's conversations that the asker may see, newest first."""

    payload: list[Conversation]


class WriteContact(msgspec.Struct):
    """What is to be known about a contact; what is not sent stays as it is."""

    name: str | msgspec.UnsetType | None = msgspec.UNSET
    email: str | msgspec.UnsetType | None = msgspec.UNSET
    phone_number: str | msgspec.UnsetType | None = msgspec.UNSET
    identifier: str | msgspec.UnsetType | None = msgspec.UNSET
    blocked: bool | msgspec.UnsetType = msgspec.UNSET
    additional_attributes: dict[str, Any] | msgspec.UnsetType | None = msgspec.UNSET
    custom_attributes: dict[str, Any] | msgspec.UnsetType | None = msgspec.UNSET


class CreateContact(WriteContact):
    """Enter a contact; with an inbox, they get an address there."""

    inbox_id: int | None = None
    source_id: str | None = None


@get(
    "/contacts",
    operation_id="contactList",
    opt={"needs": Permission.CONTACTS_READ},
    responses=answers(ContactList),
)
async def list_contacts(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    sort: FromQuery[str | None] = None,
    page: FromQuery[int] = 1,
) -> Response[bytes]:
    """Contacts who have an address or an identifier, fifteen a page."""
    return await _page(desk, viewer, None, sort, page)


@get(
    "/contacts/search",
    operation_id="contactSearch",
    opt={"needs": Permission.CONTACTS_READ},
    responses=answers(ContactList),
)
async def search_contacts(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    q: Annotated[
        str, QueryParameter(description="Part of a name, an e-mail address or a number")
    ] = "",
    sort: FromQuery[str | None] = None,
    page: FromQuery[int] = 1,
) -> Response[bytes]:
    """Contacts by part of a name, an e-mail address or a phone number."""
    if not q.strip():
        raise Invalid("nothing_to_search", "Say what to search for.", field="q")
    return await _page(desk, viewer, q.strip(), sort, page)


@post(
    "/contacts",
    operation_id="contactCreate",
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
    responses=answers(ContactMade),
)
async def add_contact(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[CreateContact]
) -> Response[bytes]:
    """Enter a contact."""
    async with desk.transaction(viewer.account_id) as tx:
        contact = await create_contact(tx, _fields(data), by=Actor.user(viewer.user_id))
        address: dict[str, Any] = {}
        if data.inbox_id is not None:
            found = await inbox(tx, data.inbox_id, viewer)
            row = await address_contact(
                tx, ContactId(contact.id), InboxId(data.inbox_id), data.source_id
            )
            address = {
                "source_id": row.source_id,
                "inbox": {"id": found["id"], "name": found["name"]},
            }
        shape = await contact_shape(tx, contact.id)
    made = b'{"payload":{"contact":' + shape.encode() + b',"contact_inbox":'
    return raw(made + msgspec.json.encode(address) + b"}}")


@get(
    "/contacts/{contact_id:int}",
    operation_id="contactDetails",
    opt={"needs": Permission.CONTACTS_READ},
    responses=answers(OneContact),
)
async def get_contact(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], contact_id: FromPath[int]
) -> Response[bytes]:
    """One contact."""
    async with desk.transaction(viewer.account_id) as tx:
        return raw('{"payload":' + await contact_shape(tx, contact_id) + "}")


@route(
    "/contacts/{contact_id:int}",
    http_method=[HttpMethod.PUT, HttpMethod.PATCH],
    operation_id=lambda _handler, method, _paths: (
        "contactUpdate" if method == "PUT" else "contactPatch"
    ),
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
    responses=answers(OneContact),
)
async def change_contact(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
    data: JSONBody[WriteContact],
) -> Response[bytes]:
    """Correct a contact; attributes are merged into those there are."""
    async with desk.transaction(viewer.account_id) as tx:
        await update_contact(
            tx, ContactId(contact_id), _fields(data), by=Actor.user(viewer.user_id)
        )
        await tx.session.flush()
        return raw('{"payload":' + await contact_shape(tx, contact_id) + "}")


@delete(
    "/contacts/{contact_id:int}",
    operation_id="contactDelete",
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
)
async def remove_contact(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], contact_id: FromPath[int]
) -> None:
    """Only one who never had a conversation."""
    async with desk.transaction(viewer.account_id) as tx:
        await delete_contact(tx, ContactId(contact_id), by=Actor.user(viewer.user_id))


@get(
    "/contacts/{contact_id:int}/conversations",
    operation_id="contactConversations",
    opt={"needs": Permission.CONVERSATIONS_READ},
    responses=answers(Conversations),
)
async def contact_conversations(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], contact_id: FromPath[int]
) -> Response[bytes]:
    """The contact's conversations that you may see, newest first."""
    async with desk.transaction(viewer.account_id) as tx:
        await require_contact(tx, contact_id)
        wanted = ConversationFilter(status=None, contact_id=contact_id)
        found = await page_of_ids(tx, viewer, wanted, limit=20)
        return raw(b'{"payload":' + await shape_list(tx, found.ids) + b"}")


@get(
    "/contacts/{contact_id:int}/contactable_inboxes",
    operation_id="contactableInboxesGet",
    opt={"needs": Permission.CONTACTS_READ},
    responses=answers(Addresses),
)
async def contactable_inboxes(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], contact_id: FromPath[int]
) -> Response[bytes]:
    """The inboxes on which the contact has an address."""
    async with desk.transaction(viewer.account_id) as tx:
        return raw(b'{"payload":' + await contact_addresses(tx, contact_id) + b"}")


async def _page(
    desk: Desk, viewer: Viewer, words: str | None, sort: str | None, page: int
) -> Response[bytes]:
    page = max(page, 1)
    async with desk.transaction(viewer.account_id) as tx:
        payload, count = await contact_page(
            tx, page=page, sort=sort or "-last_activity_at", words=words
        )
    meta = msgspec.json.encode(ContactMeta(count, page, count > page * PAGE))
    return raw(b'{"meta":' + meta + b',"payload":' + payload + b"}")


def _fields(data: WriteContact) -> dict[str, Any]:
    sent: dict[str, Any] = msgspec.to_builtins(data)
    fields = {k: v for k, v in sent.items() if k not in ("inbox_id", "source_id")}
    for attributes in ("additional_attributes", "custom_attributes"):
        if attributes in fields and fields[attributes] is None:
            del fields[attributes]
    if "name" in fields:
        fields["name"] = (fields["name"] or "")[:255]
    return fields


router = Router(
    "",
    route_handlers=[
        list_contacts,
        search_contacts,
        add_contact,
        get_contact,
        change_contact,
        remove_contact,
        contact_conversations,
        contactable_inboxes,
    ],
    tags=["Contacts"],
)
