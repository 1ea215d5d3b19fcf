"""Where the person who asks is signed in."""

from typing import Any

import msgspec
from litestar import Request, Router, delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from desk.store.desk import Desk
from desk.store.goodbyes import end_lines
from desk.store.sessions import COOKIE, end_sessions_of, mark_of, sessions_of
from desk.words.errors import NotFound
from desk.words.ids import UserId
from inbox_service.auth.guard import SIGNED_IN
from inbox_service.auth.people import People

AnyRequest = Request[Any, Any, Any]


class OwnSession(msgspec.Struct):
    """One place where the person is signed in."""

    id: str
    current: bool
    ip_address: str
    user_agent: str
    created_at: int


@get("/profile/sessions", operation_id="list-own-sessions", opt=SIGNED_IN)
async def list_sessions(
    request: AnyRequest, desk: NamedDependency[Desk], asker: NamedDependency[UserId]
) -> list[OwnSession]:
    """Where you are signed in, newest first."""
    cookie, secret = request.cookies.get(COOKIE), desk.settings.security.secret
    found = await sessions_of(desk.redis, asker, cookie, secret)
    return [
        OwnSession(
            id=one.name,
            current=one.is_this,
            ip_address=one.session.ip,
            user_agent=one.session.user_agent,
            created_at=int(one.session.created_at),
        )
        for one in found
    ]


@delete(
    "/profile/sessions/{session_id:str}",
    operation_id="end-an-own-session",
    opt=SIGNED_IN,
    status_code=200,
)
async def end_one(
    desk: NamedDependency[Desk],
    people: NamedDependency[People],
    asker: NamedDependency[UserId],
    session_id: FromPath[str],
) -> None:
    """Sign out there; its sockets end with it."""
    secret = desk.settings.security.secret
    ended = await end_sessions_of(desk.redis, asker, secret, named=session_id)
    if not ended:
        raise NotFound("session_not_found", "There is no such session.")
    for cookie in ended:
        people.forget_session(cookie)
        await end_lines(desk, asker, session=mark_of(cookie))


router = Router("", route_handlers=[list_sessions, end_one], tags=["Profile"])
