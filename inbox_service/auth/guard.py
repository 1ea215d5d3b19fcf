"""The one guard: every route says what it needs, and nobody passes without it."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from desk.access.audience import Viewer
from desk.access.permissions import Permission, may
from desk.store.sessions import COOKIE
from desk.words.errors import Forbidden, NotFound, Unauthenticated
from desk.words.ids import AccountId, UserId
from inbox_service.auth.cross_site import is_from_elsewhere
from inbox_service.auth.links import BY_LINK, Links
from inbox_service.auth.people import People

Connection = ASGIConnection[Any, Any, Any, Any]
AsyncGuard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]

PUBLIC: dict[str, object] = {"public": True}
"""For routes that anybody may ask."""
SIGNED_IN: dict[str, object] = {"signed_in": True}
"""For routes of a person rather than of an account."""
PLATFORM: dict[str, object] = {"platform": True}
"""For routes of platform apps, whose tokens open nothing else."""
BOTS = "bots"
"""The mark of an account's routes that its bots may use as well."""

LARGEST_ID = 2**63 - 1


async def require(connection: Connection, handler: BaseRouteHandler) -> None:
    """Find out who asks; raises unless they have what the route needs."""
    if handler.opt.get("public"):
        return
    for value in connection.path_params.values():
        if isinstance(value, int) and not 0 <= value <= LARGEST_ID:
            raise NotFound("not_found", "There is no such thing.")
    people: People = connection.app.state.people
    if handler.opt.get("platform"):
        connection.scope["state"]["platform_app"] = await _platform_app(connection, people)
        return
    if handler.opt.get(BOTS) and (bot := await _bot(connection, people)) is not None:
        connection.scope["state"]["viewer"] = bot
        return
    user_id = await _who(connection, people, handler)
    connection.scope["state"]["user_id"] = user_id
    if handler.opt.get("signed_in"):
        return
    permission: Permission = handler.opt["needs"]
    member = await people.member(AccountId(connection.path_params["account_id"]), user_id)
    if member is None:
        raise NotFound("account_not_found", "There is no such account.")
    if member.suspended:
        raise Unauthenticated("account_suspended", "Account is suspended")
    if not may(member.viewer.role, permission, member.viewer.extra):
        raise Forbidden("not_permitted", f"This needs the permission {permission.value}.")
    connection.scope["state"]["viewer"] = member.viewer


def in_turn(*guards: AsyncGuard) -> AsyncGuard:
    """Several guards as one: the framework copies the handler for each it knows of."""

    async def stand(connection: Connection, handler: BaseRouteHandler) -> None:
        for guard in guards:
            await guard(connection, handler)

    return stand


async def signed_in(connection: Connection, people: People) -> UserId | None:
    """The user whose session cookie the request carries."""
    cookie = connection.cookies.get(COOKIE)
    return await people.by_cookie(cookie) if cookie else None


async def _platform_app(connection: Connection, people: People) -> int:
    token = _token(connection)
    app_id = await people.platform_app(token) if token else None
    if app_id is None:
        raise Unauthenticated("unknown_platform_app", "Send a platform app's api_access_token.")
    return app_id


async def _bot(connection: Connection, people: People) -> Viewer | None:
    """The bot whose token it is; raises unless it works for the account."""
    token = _token(connection)
    if token is None:
        return None
    bot = people.known_bot(token)
    if bot is None and await people.by_token(token) is None:
        bot = await people.bot(token)
    if bot is None:
        return None
    found = await people.bot_at(AccountId(connection.path_params["account_id"]), bot)
    if found is None:
        raise NotFound("account_not_found", "There is no such account.")
    if found.suspended:
        raise Unauthenticated("account_suspended", "Account is suspended")
    return found.viewer


def _token(connection: Connection) -> str | None:
    headers = connection.headers
    return headers.get("api_access_token") or headers.get("api-access-token")


async def _who(connection: Connection, people: People, handler: BaseRouteHandler) -> UserId:
    token = _token(connection)
    if token:
        user_id = await people.by_token(token)
    else:
        user_id = await signed_in(connection, people)
        if user_id is not None and is_from_elsewhere(connection):
            raise Forbidden("cross_site", "The request comes from another site's page.")
        if user_id is None and handler.opt.get(BY_LINK):
            user_id = _link_bearer(connection)
    if user_id is None:
        raise Unauthenticated("not_signed_in", "Sign in, or send an api_access_token.")
    return user_id


def _link_bearer(connection: Connection) -> UserId | None:
    links: Links = connection.app.state.links
    given = connection.query_params
    path = str(connection.scope["path"])
    return links.bearer(path, given.get("user"), given.get("expires"), given.get("signature"))


def current_viewer(scope: Any) -> Viewer:
    """The viewer the guard found."""
    viewer: Viewer = scope["state"]["viewer"]
    return viewer


def current_platform_app(scope: Any) -> int:
    """The platform app the guard found."""
    app_id: int = scope["state"]["platform_app"]
    return app_id


def current_user(scope: Any) -> UserId:
    """The user the guard found."""
    user_id: UserId = scope["state"]["user_id"]
    return user_id
