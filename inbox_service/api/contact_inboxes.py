"""By what addresses a contact is known, and from which inboxes they can be written to."""

from typing import Any

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.address_contact import address_contact
from desk.store.contacts import address_shape, reachable_at
from desk.store.desk import Desk
from desk.store.inboxes import inbox
from desk.words.errors import Invalid
from desk.words.ids import ContactId, InboxId
from inbox_service.api.answers import answers, raw

LONGEST_ADDRESS = 320


class Address(msgspec.Struct):
    """What an inbox knows the contact by."""

    source_id: str
    inbox: dict[str, Any]


class Addresses(msgspec.Struct):
    """From where the contact can be written to."""

    payload: list[Address]


class GiveAddress(msgspec.Struct):
    """An address on an inbox; without a source_id the channel's own, or a new one."""

    inbox_id: int
    source_id: str | None = None


@post(
    "/contacts/{contact_id:int}/contact_inboxes",
    operation_id="contactInboxCreation",
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
    responses=answers(Address),
)
async def give_address(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
    data: JSONBody[GiveAddress],
) -> Response[bytes]:
    """Let the contact be known on an inbox of yours."""
    source_id = (data.source_id or "").strip() or None
    if source_id is not None and (len(source_id) > LONGEST_ADDRESS or "\x00" in source_id):
        raise Invalid(
            "source_id_malformed", f"At most {LONGEST_ADDRESS} characters fit.", field="source_id"
        )
    async with desk.transaction(viewer.account_id) as tx:
        await inbox(tx, data.inbox_id, viewer)
        row = await address_contact(tx, ContactId(contact_id), InboxId(data.inbox_id), source_id)
        return raw(await address_shape(tx, row.id))


@get(
    "/contacts/{contact_id:int}/contactable_inboxes",
    operation_id="contactableInboxesGet",
    opt={"needs": Permission.CONTACTS_READ},
    responses=answers(Addresses),
)
async def contactable_inboxes(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], contact_id: FromPath[int]
) -> Response[bytes]:
    """Those of your inboxes from which the contact can be written to, with the address."""
    async with desk.transaction(viewer.account_id) as tx:
        return raw(b'{"payload":' + await reachable_at(tx, contact_id, viewer) + b"}")


router = Router("", route_handlers=[give_address, contactable_inboxes], tags=["Contacts"])
