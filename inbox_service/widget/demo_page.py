"""A home page of each demo company, with the chat on it: there are none without the demo."""

import secrets

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.params import FromPath

from desk.store.desk import Desk
from desk.words.errors import NotFound
from inbox_service.auth.guard import PUBLIC
from inbox_service.pages.assets import AssetShelf
from inbox_service.widget.frame import WidgetTemplates
from inbox_service.widget.shop_windows import WINDOWS


@get("/demo/{company:str}", opt=PUBLIC, include_in_schema=False)
async def demo_page(
    desk: NamedDependency[Desk],
    asset_shelf: NamedDependency[AssetShelf],
    widget_templates: NamedDependency[WidgetTemplates],
    company: FromPath[str],
) -> Response[str]:
    """The page, under a policy as strict as a careful site would have."""
    key = company.replace("-", "_")
    window = WINDOWS.get(key)
    async with desk.transaction_across_accounts(reason="a demo page names a company") as tx:
        found = await tx.first(
            """select a.name, a.locale, i.address as website_token
               from accounts a join inboxes i on i.account_id = a.id and i.channel = 'website'
               where a.settings ->> 'demo' = %s order by i.id limit 1""",
            [key],
        )
    if window is None or found is None:
        raise NotFound("not_found", "There is no such page.")
    nonce = secrets.token_urlsafe(16)
    page = widget_templates.text(
        "demo.html",
        {
            "name": found["name"],
            "website_token": found["website_token"],
            "window": window,
            "nonce": nonce,
            "style": asset_shelf.current().url("widget/demo.css"),
        },
    )
    policy = (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
        "img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'"
    )
    return Response(page, media_type=MediaType.HTML, headers={"Content-Security-Policy": policy})
