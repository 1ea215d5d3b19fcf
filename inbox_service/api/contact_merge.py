"""Two contacts who are one person."""

import msgspec
from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.merge_contacts import merge_contacts
from desk.shapes.contact import Contact
from desk.store.contacts import contact_shape
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.ids import ContactId
from inbox_service.api.answers import answers, raw


class MergeContacts(msgspec.Struct):
    """Who stays, and who becomes part of them."""

    base_contact_id: int
    mergee_contact_id: int


@post(
    "/actions/contact_merge",
    operation_id="contactMerge",
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
    responses=answers(Contact),
)
async def merge(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[MergeContacts]
) -> Response[bytes]:
    """Let all that is the second contact's become the first's; the second is gone."""
    base, mergee = ContactId(data.base_contact_id), ContactId(data.mergee_contact_id)
    async with desk.transaction(viewer.account_id) as tx:
        await merge_contacts(tx, base, mergee, by=Actor.user(viewer.user_id))
        await tx.session.flush()
        return raw(await contact_shape(tx, base))


router = Router("", route_handlers=[merge], tags=["Contacts"])
