"""Lists of contacts: all, by words, by a filter, and who is there."""

from typing import Annotated

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, JSONBody, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.shapes.contact import Contact
from desk.store.contacts import DEFAULT_SORT, PAGE, ContactsWanted, contact_page
from desk.store.desk import Desk
from desk.store.filters import CONTACTS, filter_clause
from desk.store.labels import label_ids
from desk.store.presence import Presence
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid
from inbox_service.api.answers import answers, raw
from inbox_service.api.conversation_filter import FilterBy

LONGEST_SEARCH = 255
FURTHEST_PAGE = 1_000_000


class ContactMeta(msgspec.Struct):
    """How many there are, and which page this is."""

    count: int
    current_page: int
    has_more: bool = False


class ContactList(msgspec.Struct):
    """A page of contacts."""

    meta: ContactMeta
    payload: list[Contact]


@get(
    "/contacts",
    operation_id="contactList",
    opt={"needs": Permission.CONTACTS_READ},
    responses=answers(ContactList),
)
async def list_contacts(
    desk: NamedDependency[Desk],
    presence: NamedDependency[Presence],
    viewer: NamedDependency[Viewer],
    sort: FromQuery[str | None] = None,
    page: FromQuery[int] = 1,
    labels: Annotated[list[str] | None, QueryParameter(name="labels[]")] = None,
) -> Response[bytes]:
    """Contacts who have an address or an identifier, fifteen a page."""
    online = (await presence.present(viewer.account_id)).contacts
    async with desk.reading(viewer.account_id) as tx:
        # A label that nobody knows finds nobody.
        ids = await label_ids(tx, labels) or (0,) if labels else ()
        wanted = ContactsWanted(sort or DEFAULT_SORT, label_ids=ids)
        return await shown_page(tx, wanted, page, online)


@get(
    "/contacts/search",
    operation_id="contactSearch",
    opt={"needs": Permission.CONTACTS_READ},
    responses=answers(ContactList),
)
async def search_contacts(
    desk: NamedDependency[Desk],
    presence: NamedDependency[Presence],
    viewer: NamedDependency[Viewer],
    q: Annotated[
        str, QueryParameter(description="Part of a name, an e-mail address or a number")
    ] = "",
    sort: FromQuery[str | None] = None,
    page: FromQuery[int] = 1,
) -> Response[bytes]:
    """Contacts by part of a name, an e-mail address or a phone number."""
    words = q.strip()
    if not words or len(words) > LONGEST_SEARCH:
        raise Invalid(
            "nothing_to_search", f"Search for 1 to {LONGEST_SEARCH} characters.", field="q"
        )
    online = (await presence.present(viewer.account_id)).contacts
    async with desk.reading(viewer.account_id) as tx:
        return await shown_page(tx, ContactsWanted(sort or DEFAULT_SORT, words=words), page, online)


@get(
    "/contacts/active",
    operation_id="list-contacts-who-are-there",
    opt={"needs": Permission.CONTACTS_READ},
    responses=answers(ContactList),
)
async def list_active_contacts(
    desk: NamedDependency[Desk],
    presence: NamedDependency[Presence],
    viewer: NamedDependency[Viewer],
    sort: FromQuery[str | None] = None,
    page: FromQuery[int] = 1,
) -> Response[bytes]:
    """Visitors who are on the website just now, fifteen a page."""
    online = (await presence.present(viewer.account_id)).contacts
    async with desk.reading(viewer.account_id) as tx:
        return await shown_page(tx, ContactsWanted(sort or DEFAULT_SORT, ids=online), page, online)


@post(
    "/contacts/filter",
    operation_id="contactFilter",
    opt={"needs": Permission.CONTACTS_READ},
    status_code=200,
    responses=answers(ContactList),
)
async def filter_contacts(
    desk: NamedDependency[Desk],
    presence: NamedDependency[Presence],
    viewer: NamedDependency[Viewer],
    data: JSONBody[FilterBy],
    page: FromQuery[int] = 1,
    sort: FromQuery[str | None] = None,
) -> Response[bytes]:
    """Contacts with an address or an identifier that meet the conditions, fifteen a page."""
    online = (await presence.present(viewer.account_id)).contacts
    async with desk.reading(viewer.account_id) as tx:
        clause = await filter_clause(tx, data.payload, CONTACTS)
        return await shown_page(
            tx, ContactsWanted(sort or DEFAULT_SORT, clause=clause), page, online
        )


async def shown_page(
    tx: TenantTx, wanted: ContactsWanted, page: int, online: set[int]
) -> Response[bytes]:
    """A page of contacts as clients see it."""
    page = min(max(page, 1), FURTHEST_PAGE)
    payload, count = await contact_page(tx, wanted, page, online)
    meta = msgspec.json.encode(ContactMeta(count, page, count > page * PAGE))
    return raw(b'{"meta":' + meta + b',"payload":' + payload + b"}")


router = Router(
    "",
    route_handlers=[list_contacts, search_contacts, filter_contacts, list_active_contacts],
    tags=["Contacts"],
)
