"""A person's session begins: with a password, or by a link that signs in once."""

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie

from desk.actions.change_profile import note_sign_in
from desk.store.desk import Desk
from desk.store.sessions import COOKIE, LIFETIME_SECONDS, start_session
from desk.words.ids import UserId


async def begin_session(
    request: Request[Any, Any, Any], desk: Desk, user_id: UserId, *, how: str
) -> Cookie:
    """The cookie of a new session; their accounts' logs say that they signed in."""
    value = await start_session(
        desk.redis,
        user_id,
        desk.clock.now().timestamp(),
        desk.settings.security.secret,
        ip=request.client.host if request.client else "",
        user_agent=request.headers.get("user-agent", ""),
    )
    async with desk.transaction_across_accounts(
        reason="a person signs in to all their accounts"
    ) as tx:
        await note_sign_in(tx, user_id, how)
    return session_cookie(desk, value, LIFETIME_SECONDS)


def session_cookie(desk: Desk, value: str, max_age: int) -> Cookie:
    """The cookie that carries a session, or takes it away."""
    return Cookie(
        key=COOKIE,
        value=value,
        path="/",
        max_age=max_age,
        httponly=True,
        samesite="lax",
        secure=desk.settings.addresses.public_url.startswith("https:"),
    )
