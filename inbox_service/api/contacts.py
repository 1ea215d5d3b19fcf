"""Contacts: who writes to the account."""

from typing import Any

import msgspec
from litestar import Request, Response, Router, delete, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.address_contact import address_contact
from desk.actions.delete_contact import delete_contact
from desk.actions.keep_contact import create_contact, forget_attributes, update_contact
from desk.shapes.contact import Contact
from desk.shapes.conversation import Conversation
from desk.store.contacts import address_shape, contact_shape, require_contact
from desk.store.conversation_pages import page_of_ids
from desk.store.conversation_terms import ConversationFilter
from desk.store.conversations import shape_list
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.inboxes import inbox
from desk.store.presence import Presence
from desk.words.actor import Actor
from desk.words.errors import Invalid
from desk.words.ids import ContactId, InboxId
from inbox_service.api.answers import answers, raw
from inbox_service.api.given import given, understood
from inbox_service.api.one_contact import (
    LARGEST_FORM,
    CreateContact,
    OneContact,
    TakesContact,
    TakesNewContact,
    WriteContact,
    fields_of,
    picture,
    picture_of,
)


class CreatedPayload(msgspec.Struct):
    """The new contact, and its address where an inbox was given."""

    contact: Contact
    contact_inbox: dict[str, Any]


class ContactMade(msgspec.Struct):
    """The new contact, as Chatwoot wraps it."""

    payload: CreatedPayload


class Conversations(msgspec.Struct):
    """The contact's conversations that the asker may see, newest first."""

    payload: list[Conversation]


class ForgetAttributes(msgspec.Struct):
    """The keys of custom attributes that are to go."""

    custom_attributes: list[str]


@post(
    "/contacts",
    operation_id="contactCreate",
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
    responses=answers(ContactMade),
    operation_class=TakesNewContact,
    request_max_body_size=LARGEST_FORM,
)
async def add_contact(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    viewer: NamedDependency[Viewer],
) -> Response[bytes]:
    """Enter a contact; as JSON, or as a form with a picture."""
    body = await given(request)
    data = understood(body.fields, CreateContact)
    by = Actor.user(viewer.user_id)
    address = "{}"
    async with (
        picture_of(body, files, desk.secrets, viewer.account_id) as path,
        desk.transaction(viewer.account_id) as tx,
    ):
        contact = await create_contact(tx, fields_of(data), by=by)
        contact_id = ContactId(contact.id)
        await picture(tx, contact_id, body, path, by)
        if data.inbox_id is not None:
            await inbox(tx, data.inbox_id, viewer)
            row = await address_contact(tx, contact_id, InboxId(data.inbox_id), data.source_id)
            address = await address_shape(tx, row.id)
        shape = await contact_shape(tx, contact_id)
    return raw(f'{{"payload":{{"contact":{shape},"contact_inbox":{address}}}}}')


@get(
    "/contacts/{contact_id:int}",
    operation_id="contactDetails",
    opt={"needs": Permission.CONTACTS_READ},
    responses=answers(OneContact),
)
async def get_contact(
    desk: NamedDependency[Desk],
    presence: NamedDependency[Presence],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
) -> Response[bytes]:
    """One contact."""
    online = (await presence.present(viewer.account_id)).contacts
    async with desk.transaction(viewer.account_id) as tx:
        return raw('{"payload":' + await contact_shape(tx, contact_id, online) + "}")


@route(
    "/contacts/{contact_id:int}",
    http_method=[HttpMethod.PUT, HttpMethod.PATCH],
    operation_id=lambda _handler, method, _paths: (
        "contactUpdate" if method == "PUT" else "contactPatch"
    ),
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
    responses=answers(OneContact),
    operation_class=TakesContact,
    request_max_body_size=LARGEST_FORM,
)
async def change_contact(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
) -> Response[bytes]:
    """Correct a contact; attributes are merged into those there are."""
    body = await given(request)
    data = understood(body.fields, WriteContact)
    by = Actor.user(viewer.user_id)
    async with desk.transaction(viewer.account_id) as tx:
        await require_contact(tx, contact_id)
    async with (
        picture_of(body, files, desk.secrets, viewer.account_id) as path,
        desk.transaction(viewer.account_id) as tx,
    ):
        await update_contact(tx, ContactId(contact_id), fields_of(data), by=by)
        await picture(tx, ContactId(contact_id), body, path, by)
        await tx.session.flush()
        return raw('{"payload":' + await contact_shape(tx, contact_id) + "}")


@delete(
    "/contacts/{contact_id:int}",
    operation_id="contactDelete",
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
)
async def remove_contact(
    desk: NamedDependency[Desk],
    presence: NamedDependency[Presence],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
) -> None:
    """Not while they are there; agents only one who never had a conversation."""
    if contact_id in (await presence.present(viewer.account_id)).contacts:
        raise Invalid("contact_is_online", "The contact is online just now. Try again later.")
    async with desk.transaction(viewer.account_id) as tx:
        await delete_contact(
            tx,
            ContactId(contact_id),
            by=Actor.user(viewer.user_id),
            with_conversations=viewer.sees_all,
        )


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


@post(
    "/contacts/{contact_id:int}/destroy_custom_attributes",
    operation_id="destroy-custom-attributes-of-a-contact",
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
    responses=answers(OneContact),
)
async def destroy_custom_attributes(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
    data: JSONBody[ForgetAttributes],
) -> Response[bytes]:
    """Forget some of what the account itself wanted to know."""
    async with desk.transaction(viewer.account_id) as tx:
        await forget_attributes(
            tx, ContactId(contact_id), data.custom_attributes, by=Actor.user(viewer.user_id)
        )
        await tx.session.flush()
        return raw('{"payload":' + await contact_shape(tx, contact_id) + "}")


router = Router(
    "",
    route_handlers=[
        add_contact,
        get_contact,
        change_contact,
        remove_contact,
        contact_conversations,
        destroy_custom_attributes,
    ],
    tags=["Contacts"],
)
