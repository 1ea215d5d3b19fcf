"""Everything that clients of API inboxes may ask."""

from litestar import Router
from litestar.di import Provide

from inbox_service.api.public import contacts, conversations, inbox, messages
from inbox_service.api.public.avatars import get_avatar
from inbox_service.api.public.brought_files import get_brought_file
from inbox_service.api.public.door import current_addressee, current_inbox
from inbox_service.api.public.files import get_file

api = Router(
    "/public/api/v1/inboxes/{inbox_identifier:str}",
    route_handlers=[
        inbox.get_inbox,
        *contacts.HANDLERS,
        *conversations.HANDLERS,
        *messages.HANDLERS,
    ],
    dependencies={
        "api_inbox": Provide(current_inbox),
        "addressee": Provide(current_addressee),
    },
    security=[{}],
    tags=["Public API"],
)

ROUTES = (api, get_file, get_brought_file, get_avatar)
