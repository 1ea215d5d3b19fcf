"""The inbox page: a shell that its modules fill."""

from typing import Any
from urllib.parse import quote

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from desk.store import people as people_store
from desk.store.desk import Desk
from desk.version import VERSION
from desk.words.ids import UserId
from desk.words.people import Availability, Role
from inbox_service.auth.guard import PUBLIC, signed_in
from inbox_service.auth.people import People
from inbox_service.pages.assets import INBOX_PAGE, AssetShelf
from inbox_service.pages.rendering import Templates

STYLES = ("css/inbox.css", "css/live.css")

AnyRequest = Request[Any, Any, Any]


@get("/", opt=PUBLIC, include_in_schema=False)
async def home(
    request: AnyRequest, desk: NamedDependency[Desk], people: NamedDependency[People]
) -> Redirect:
    """Where somebody belongs: their first account's inbox, or the door."""
    user_id = await signed_in(request, people)
    accounts = [] if user_id is None else await _accounts(desk, user_id)
    if not accounts:
        return Redirect("/sign_in")
    return Redirect(f"/app/accounts/{accounts[0]['id']}/inbox")


@get(["/app", "/app/accounts/{account_id:int}"], opt=PUBLIC, include_in_schema=False)
async def short_address(account_id: FromPath[int | None] = None) -> Redirect:
    """The page's address with nothing behind it."""
    return Redirect("/" if account_id is None else f"/app/accounts/{account_id}/inbox")


@get("/app/accounts/{account_id:int}/{place:path}", opt=PUBLIC, include_in_schema=False)
async def inbox_page(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    people: NamedDependency[People],
    templates: NamedDependency[Templates],
    asset_shelf: NamedDependency[AssetShelf],
    account_id: FromPath[int],
) -> Response[Any]:
    """The page, wherever in it the address points."""
    assets = asset_shelf.current()
    boot = await booting(request, desk, people, account_id)
    if isinstance(boot, Redirect):
        return boot
    return templates.page(
        "app.html",
        {
            "import_map": assets.import_map,
            "modules": assets.modules_of(INBOX_PAGE),
            "styles": assets.styles(*STYLES),
            "boot": boot,
        },
    )


async def booting(
    request: AnyRequest, desk: Desk, people: People, account_id: int
) -> str | Redirect:
    """What a page of the account begins with, as JSON; or where its reader has to go first."""
    user_id = await signed_in(request, people)
    if user_id is None:
        query = f"?{request.url.query}" if request.url.query else ""
        return Redirect(f"/sign_in?next={quote(request.url.path + query, safe='')}")
    accounts = await _accounts(desk, user_id)
    account = next((one for one in accounts if one["id"] == account_id), None)
    if account is None:
        return Redirect("/")
    async with desk.transaction_across_accounts(reason="a person's own row") as tx:
        person = await people_store.person(tx, user_id)
    return _boot(desk, person or {}, account, accounts)


async def _accounts(desk: Desk, user_id: UserId) -> list[dict[str, Any]]:
    async with desk.transaction_across_accounts(
        reason="a person's own accounts are in none of them"
    ) as tx:
        found = await people_store.memberships(tx, user_id)
    return [account for account in found if not account["suspended"]]


def _boot(
    desk: Desk,
    person: dict[str, Any],
    account: dict[str, Any],
    accounts: list[dict[str, Any]],
) -> str:
    boot = {
        "account": {key: account[key] for key in ("id", "name", "time_zone", "locale")},
        "user": {
            "id": person["id"],
            "name": person["display_name"] or person["name"],
            "email": person["email"],
            "role": Role(account["role"]).word,
            "pubsub_token": person["pubsub_token"],
            "availability": Availability(account["availability"]).word,
            "thumbnail": person["avatar_path"],
        },
        "accounts": [{"id": one["id"], "name": one["name"]} for one in accounts],
        "dashboards_url": desk.settings.addresses.dashboards_url or None,
        "version": VERSION,
    }
    return msgspec.json.encode(boot).decode()
