"""The labels of a contact."""

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.label_contact import label_contact
from desk.store.contacts import contact_labels
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.ids import ContactId
from inbox_service.api.conversation_labels import Labels, SetLabels


@get(
    "/contacts/{contact_id:int}/labels",
    operation_id="list-all-labels-of-a-contact",
    opt={"needs": Permission.CONTACTS_READ},
)
async def list_contact_labels(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], contact_id: FromPath[int]
) -> Labels:
    """The contact's labels."""
    async with desk.transaction(viewer.account_id) as tx:
        return Labels(await contact_labels(tx, contact_id))


@post(
    "/contacts/{contact_id:int}/labels",
    operation_id="contact-add-labels",
    opt={"needs": Permission.CONTACTS_WRITE},
    status_code=200,
)
async def set_contact_labels(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
    data: JSONBody[SetLabels],
) -> Labels:
    """Replace the contact's labels."""
    async with desk.transaction(viewer.account_id) as tx:
        await label_contact(tx, ContactId(contact_id), data.labels, by=Actor.user(viewer.user_id))
        await tx.session.flush()
        return Labels(await contact_labels(tx, contact_id))


router = Router("", route_handlers=[list_contact_labels, set_contact_labels], tags=["Contacts"])
