"""Everything of the widget that the service answers."""

from litestar import Router
from litestar.di import Provide

from inbox_service.widget.api import config, contact, conversations, desk_side, messages
from inbox_service.widget.demo_page import demo_page
from inbox_service.widget.door import current_visitor, current_website
from inbox_service.widget.files import get_file
from inbox_service.widget.frame import get_frame
from inbox_service.widget.script import get_script

WHO_ASKS = {"website": Provide(current_website), "visitor": Provide(current_visitor)}

api = Router(
    "/api/v1/widget",
    route_handlers=[
        config.begin,
        *contact.HANDLERS,
        *conversations.HANDLERS,
        *messages.HANDLERS,
        *desk_side.HANDLERS,
    ],
    dependencies=WHO_ASKS,
    security=[{}],
    tags=["Website chat"],
)

pages = Router(
    "/", route_handlers=[get_script, get_frame, get_file, demo_page], dependencies=WHO_ASKS
)

ROUTES = (api, pages)
