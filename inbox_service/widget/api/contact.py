"""The visitor themselves: what the widget knows of them, and what they or their site say."""

import hashlib
import hmac
from typing import Any

import msgspec
from litestar import get, patch, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from desk.access.hearing import Visitor
from desk.actions.identify_visitor import Claim, identify_visitor
from desk.actions.open_inbox import sealing_context
from desk.store import visitors as visitor_store
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.store.visitors import Website
from desk.tables.contacts import ContactRow
from desk.words.errors import NotFound, Unauthenticated
from inbox_service.auth.guard import PUBLIC
from inbox_service.widget.door import WidgetDoor
from inbox_service.widget.said import small


class ContactShown(msgspec.Struct, omit_defaults=True):
    """What the widget may know of its visitor."""

    id: int
    name: str
    has_name: bool
    has_email: bool
    has_phone_number: bool
    identifier: str | None
    widget_auth_token: str | None = None
    """Present when the visitor goes on under another token: somebody new, or somebody known."""


class ContactSaid(msgspec.Struct):
    """What a visitor, or the page they are on, says about them."""

    name: str | None = None
    email: str | None = None
    phone_number: str | None = None
    custom_attributes: dict[str, Any] | None = None
    additional_attributes: dict[str, Any] | None = None

    def claim(self, identifier: str | None = None) -> Claim:
        """The same as a claim."""
        return Claim(
            identifier=identifier,
            name=self.name,
            email=self.email,
            phone_number=self.phone_number,
            custom_attributes=small(self.custom_attributes or {}),
            additional_attributes=small(self.additional_attributes or {}, "additional_attributes"),
        )


class UserSaid(ContactSaid):
    """Who the site says its signed-in user is."""

    identifier: str = ""
    identifier_hash: str | None = None
    """HMAC-SHA256 of the identifier with the inbox's hmac_token, in hexadecimal."""


class Forget(msgspec.Struct):
    """Attributes to take away."""

    custom_attributes: list[str] = []


@get("/contact", opt=PUBLIC, operation_id="widget-contact")
async def get_contact(
    desk: NamedDependency[Desk], visitor: NamedDependency[Visitor]
) -> ContactShown:
    """The visitor, as far as the widget may know them."""
    async with desk.transaction(visitor.account_id) as tx:
        return await _shown(tx, visitor)


@patch("/contact", opt=PUBLIC, operation_id="widget-update-contact")
async def update_contact(
    desk: NamedDependency[Desk],
    visitor: NamedDependency[Visitor],
    data: JSONBody[ContactSaid],
) -> ContactShown:
    """The visitor says who they are."""
    async with desk.transaction(visitor.account_id) as tx:
        await identify_visitor(tx, visitor, data.claim(), verified=False)
        return await _shown(tx, visitor)


@patch("/contact/set_user", opt=PUBLIC, operation_id="widget-set-user")
async def set_user(
    desk: NamedDependency[Desk],
    widget_door: NamedDependency[WidgetDoor],
    website: NamedDependency[Website],
    visitor: NamedDependency[Visitor],
    data: JSONBody[UserSaid],
) -> ContactShown:
    """The site says who its user is, with proof where the inbox demands it."""
    verified = _verified(desk, website, data)
    async with desk.transaction(visitor.account_id) as tx:
        claim = data.claim(data.identifier or None)
        address = await identify_visitor(tx, visitor, claim, verified=verified)
        token = None
        if address.id != visitor.contact_inbox_id:
            token = widget_door.tokens.issue(website.inbox_id, address.source_id, tx.now)
        found = await visitor_store.visitor_at(tx, website.inbox_id, address.source_id)
        return await _shown(tx, found or visitor, token)


@post(
    "/contact/destroy_custom_attributes",
    opt=PUBLIC,
    operation_id="widget-forget-contact-attributes",
    status_code=200,
)
async def forget_attributes(
    desk: NamedDependency[Desk], visitor: NamedDependency[Visitor], data: JSONBody[Forget]
) -> ContactShown:
    """The page takes back what it said about its visitor."""
    async with desk.transaction(visitor.account_id) as tx:
        row = await tx.session.get(
            ContactRow, (tx.account_id, visitor.contact_id), with_for_update=True
        )
        if row is None:
            raise NotFound("contact_not_found", "There is no such contact.")
        kept = {k: v for k, v in row.custom_attributes.items() if k not in data.custom_attributes}
        row.custom_attributes = kept
        return await _shown(tx, visitor)


async def _shown(tx: TenantTx, visitor: Visitor, token: str | None = None) -> ContactShown:
    current = await visitor_store.about_address(tx, visitor.contact_inbox_id)
    return ContactShown(
        id=current["id"],
        name=current["name"],
        has_name=bool(current["name"]),
        has_email=bool(current["email"]),
        has_phone_number=bool(current["phone_number"]),
        identifier=current["identifier"],
        widget_auth_token=token,
    )


def _verified(desk: Desk, website: Website, said: UserSaid) -> bool:
    """Whether the identity is proven; raises Unauthenticated for a wrong or a missing proof."""
    if not said.identifier_hash and not website.config["hmac_mandatory"]:
        return False
    context = sealing_context(website.inbox_id)
    secrets = desk.secrets.open(website.secrets, context) if website.secrets else {}
    key = str(secrets.get("hmac_token") or "")
    expected = hmac.digest(key.encode(), said.identifier.encode(), hashlib.sha256).hex()
    given = (said.identifier_hash or "").lower()
    if not (key and said.identifier and hmac.compare_digest(expected.encode(), given.encode())):
        raise Unauthenticated(
            "wrong_identifier_hash",
            "identifier_hash must be the HMAC-SHA256 of identifier with the inbox's hmac_token.",
        )
    return True


HANDLERS = (get_contact, update_contact, set_user, forget_attributes)
