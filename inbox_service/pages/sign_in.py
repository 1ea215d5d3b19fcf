"""Signing in and out with a form."""

import hashlib
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter, URLEncodedBody
from litestar.response import Redirect

from desk.actions.change_profile import note_sign_out
from desk.store import people as people_store
from desk.store.desk import Desk
from desk.store.goodbyes import end_lines
from desk.store.sessions import (
    COOKIE,
    end_session,
    find_session,
    mark_of,
)
from desk.words.errors import Forbidden
from inbox_service.auth.beginning import begin_session, session_cookie
from inbox_service.auth.cross_site import is_from_elsewhere
from inbox_service.auth.guard import PUBLIC, signed_in
from inbox_service.auth.passwords import Passwords
from inbox_service.auth.people import People
from inbox_service.auth.rates import count_try
from inbox_service.pages.assets import AssetShelf
from inbox_service.pages.rendering import Templates

STYLES = ("css/pages.css",)

NOWHERE = "You are signed in, but you work for no account at present."

TRIES = 10
TRIES_SECONDS = 300
"""Wrong passwords for one address within this time."""

AnyRequest = Request[Any, Any, Any]


class SignIn(msgspec.Struct):
    """The form."""

    email: str = ""
    password: str = ""
    next: str = ""


@get("/sign_in", opt=PUBLIC, include_in_schema=False)
async def sign_in_page(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    people: NamedDependency[People],
    templates: NamedDependency[Templates],
    asset_shelf: NamedDependency[AssetShelf],
    to: Annotated[str, QueryParameter(name="next")] = "",
) -> Response[Any]:
    """The form; whoever is signed in and works somewhere goes on."""
    user_id = await signed_in(request, people)
    if user_id is None:
        return _form(templates, asset_shelf, SignIn(next=to), None)
    async with desk.transaction_across_accounts(
        reason="a person's own accounts are in none of them"
    ) as tx:
        accounts = await people_store.memberships(tx, user_id)
    if all(account["suspended"] for account in accounts):
        return _form(templates, asset_shelf, SignIn(next=to), NOWHERE)
    return Redirect(_own(to))


@post("/sign_in", opt=PUBLIC, include_in_schema=False, status_code=200)
async def sign_in(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    passwords: NamedDependency[Passwords],
    templates: NamedDependency[Templates],
    asset_shelf: NamedDependency[AssetShelf],
    data: URLEncodedBody[SignIn],
) -> Response[Any]:
    """Check address and password; a session begins, or the form says what was wrong."""
    if is_from_elsewhere(request):
        raise Forbidden("cross_site", "The form comes from another site's page.")
    email = data.email.strip().lower()
    name = "sign_in:" + hashlib.sha256(email.encode()).hexdigest()[:32]
    refused = await count_try(desk.redis, name, most=TRIES, seconds=TRIES_SECONDS)
    if refused is not None:
        answer = _form(templates, asset_shelf, data, refused.sentence, status=429)
        answer.headers["Retry-After"] = str(refused.details["retry_after"])
        return answer
    async with desk.transaction_across_accounts(reason="signing in names no account") as tx:
        found = await people_store.credentials_of(tx, email)
    right = await passwords.fits(found.password_hash if found else None, data.password)
    if found is None or not right:
        wrong = "The e-mail address or the password is wrong."
        return _form(templates, asset_shelf, data, wrong, status=401)
    await desk.redis.delete(f"tries:{name}")
    answer = Redirect(_own(data.next), status_code=303)
    answer.set_cookie(await begin_session(request, desk, found.user_id, how="password"))
    return answer


@post("/sign_out", opt=PUBLIC, include_in_schema=False, status_code=303)
async def sign_out(
    request: AnyRequest, desk: NamedDependency[Desk], people: NamedDependency[People]
) -> Redirect:
    """End the session everywhere at once."""
    if is_from_elsewhere(request):
        raise Forbidden("cross_site", "The form comes from another site's page.")
    cookie = request.cookies.get(COOKIE)
    if cookie:
        session = await find_session(desk.redis, cookie, desk.settings.security.secret)
        await end_session(desk.redis, cookie, desk.settings.security.secret)
        people.forget_session(cookie)
        if session is not None:
            await end_lines(desk, session.user_id, session=mark_of(cookie))
            async with desk.transaction_across_accounts(
                reason="a person signs out of all their accounts"
            ) as tx:
                await note_sign_out(tx, session.user_id)
    answer = Redirect("/sign_in", status_code=303)
    answer.set_cookie(session_cookie(desk, "", 0))
    return answer


def _form(
    templates: Templates,
    asset_shelf: AssetShelf,
    data: SignIn,
    error: str | None,
    *,
    status: int = 200,
) -> Response[str]:
    values = {
        "error": error,
        "email": data.email,
        "next": data.next,
        "styles": asset_shelf.current().styles(*STYLES),
    }
    return templates.page("sign_in.html", values, status=status)


def _own(address: str) -> str:
    """The address, if it is one of ours."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and address.isprintable() else "/"
