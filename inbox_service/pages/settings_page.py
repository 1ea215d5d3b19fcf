"""The settings: a shell that its modules fill, beside the inbox page."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from desk.store.desk import Desk
from inbox_service.auth.guard import PUBLIC
from inbox_service.auth.people import People
from inbox_service.pages.assets import SETTINGS_PAGE, AssetShelf
from inbox_service.pages.inbox_page import AnyRequest, booting
from inbox_service.pages.rendering import Templates

STYLES = ("css/pages.css", "css/settings.css", "css/written.css")


@get(
    [
        "/app/accounts/{account_id:int}/settings",
        "/app/accounts/{account_id:int}/settings/{place:path}",
    ],
    opt=PUBLIC,
    include_in_schema=False,
)
async def settings_page(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    people: NamedDependency[People],
    templates: NamedDependency[Templates],
    asset_shelf: NamedDependency[AssetShelf],
    account_id: FromPath[int],
) -> Response[Any]:
    """The settings page, wherever in it the address points."""
    assets = asset_shelf.current()
    boot = await booting(request, desk, people, account_id)
    if isinstance(boot, Redirect):
        return boot
    return templates.page(
        "settings.html",
        {
            "import_map": assets.import_map,
            "modules": assets.modules_of(SETTINGS_PAGE),
            "styles": assets.styles(*STYLES),
            "boot": boot,
        },
    )
