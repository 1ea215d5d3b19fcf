"""The customer: brought by the client, and what it says about them later."""

from typing import Any

import msgspec
from litestar import Response, get, patch, post
from litestar.di import NamedDependency

from desk.actions.admit_contact import admit_contact
from desk.actions.identify_visitor import Claim, identify_visitor
from desk.actions.keep_contact import update_contact
from desk.shapes.public import ContactRecord, PublicContact
from desk.store import public_clients
from desk.store.desk import Desk
from desk.store.public_clients import Addressee, ApiInbox
from desk.tables.contacts import ContactRow
from desk.words.actor import Actor
from desk.words.errors import Invalid
from inbox_service.api.answers import answers, raw
from inbox_service.api.public.door import LONGEST, AnyRequest, PublicDoor
from inbox_service.api.public.fields import fields_of
from inbox_service.api.taken import TAKES
from inbox_service.auth.guard import PUBLIC
from ingest.inbox_contract import understood


class ContactWanted(msgspec.Struct, frozen=True):
    """What a client says about a customer."""

    source_id: str | None = None
    """The address to have; made up where it is not given."""
    identifier: str | None = None
    identifier_hash: str | None = None
    email: str | None = None
    name: str | None = None
    phone_number: str | None = None
    custom_attributes: dict[str, Any] | None = None
    additional_attributes: dict[str, Any] | None = None

    @property
    def fields(self) -> dict[str, Any]:
        """What is to be known about the contact; what was not said is absent."""
        names = ("identifier", "email", "name", "phone_number", *_ATTRIBUTES)
        said = {name: getattr(self, name) for name in names}
        return {name: value for name, value in said.items() if value}


_ATTRIBUTES = ("custom_attributes", "additional_attributes")


@post(
    "/contacts",
    opt=PUBLIC | {TAKES: ContactWanted},
    operation_id="create-a-contact",
    status_code=200,
    responses=answers(PublicContact),
)
async def create_contact(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    public_door: NamedDependency[PublicDoor],
    api_inbox: NamedDependency[ApiInbox],
) -> Response[bytes]:
    """Bring a customer; the answer's `source_id` is their address from now on."""
    wanted = understood(await fields_of(request), ContactWanted)
    source_id = (wanted.source_id or "").strip() or None
    if source_id is not None and (len(source_id) > LONGEST or "/" in source_id):
        raise Invalid("source_id_unusable", "source_id is too long.", field="source_id")
    verified = public_door.proves(api_inbox, wanted.identifier, wanted.identifier_hash)
    fields = wanted.fields
    known = api_inbox.config.get("additional_attributes") or {}
    if known:
        fields["additional_attributes"] = known | fields.get("additional_attributes", {})
    async with desk.transaction(api_inbox.account_id) as tx:
        address = await admit_contact(
            tx, api_inbox.inbox_id, fields, source_id=source_id, verified=verified
        )
        return raw(await public_clients.public_contact(tx, address.id))


@get(
    "/contacts/{contact_identifier:str}",
    opt=PUBLIC,
    operation_id="get-details-of-a-contact",
    responses=answers(PublicContact),
)
async def get_contact(
    desk: NamedDependency[Desk], addressee: NamedDependency[Addressee]
) -> Response[bytes]:
    """The customer with this address."""
    async with desk.transaction(addressee.visitor.account_id) as tx:
        return raw(await public_clients.public_contact(tx, addressee.visitor.contact_inbox_id))


@patch(
    "/contacts/{contact_identifier:str}",
    opt=PUBLIC | {TAKES: ContactWanted},
    operation_id="update-a-contact",
    responses=answers(ContactRecord),
)
async def change_contact(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    public_door: NamedDependency[PublicDoor],
    api_inbox: NamedDependency[ApiInbox],
    addressee: NamedDependency[Addressee],
) -> Response[bytes]:
    """Say more about the customer; attributes are merged into those there are."""
    wanted = understood(await fields_of(request), ContactWanted)
    verified = public_door.proves(api_inbox, wanted.identifier, wanted.identifier_hash)
    visitor = addressee.visitor
    async with desk.transaction(visitor.account_id) as tx:
        contact = await tx.session.get(ContactRow, (tx.account_id, visitor.contact_id))
        contact_id = visitor.contact_id
        if contact is not None and contact.identifier and wanted.identifier:
            # Already somebody: what is said now corrects what is known.
            await update_contact(tx, contact_id, wanted.fields, by=Actor.contact(contact_id))
        else:
            claim = Claim(**wanted.fields)
            address = await identify_visitor(tx, visitor, claim, verified=verified)
            contact_id = type(contact_id)(address.contact_id)
        await tx.session.flush()
        return raw(await public_clients.contact_record(tx, contact_id))


HANDLERS = (create_contact, get_contact, change_contact)
