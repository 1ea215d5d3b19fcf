"""The files that a contact and the desk sent each other."""

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store.attachments import attachments_of
from desk.store.contacts import require_contact
from desk.store.conversation_pages import page_of_ids
from desk.store.conversation_terms import ConversationFilter
from desk.store.desk import Desk
from inbox_service.api.answers import answers, raw
from inbox_service.api.conversation_extras import FilesOfConversation
from inbox_service.api.words import PageNumber

LATEST_CONVERSATIONS = 500


@get(
    "/contacts/{contact_id:int}/attachments",
    operation_id="list-files-of-a-contact",
    opt={"needs": Permission.CONVERSATIONS_READ},
    responses=answers(FilesOfConversation),
)
async def list_files(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    contact_id: FromPath[int],
    page: PageNumber = 1,
) -> Response[bytes]:
    """Files of the contact's latest conversations that you may see, newest first, 100 a page."""
    async with desk.reading(viewer.account_id) as tx:
        await require_contact(tx, contact_id)
        wanted = ConversationFilter(status=None, contact_id=contact_id)
        found = await page_of_ids(tx, viewer, wanted, limit=LATEST_CONVERSATIONS)
        total, shapes = await attachments_of(tx, found.ids, page=page)
    return raw(f'{{"meta":{{"total_count":{total}}},"payload":{shapes}}}')


router = Router("", route_handlers=[list_files], tags=["Contacts"])
