"""Sign-in sessions: a signed cookie names a session that Redis holds and anybody can revoke."""

import secrets

import msgspec
import redis
import redis.asyncio
from itsdangerous import BadSignature, URLSafeSerializer

from desk.words.ids import UserId

COOKIE = "streamdesk_session"
LIFETIME_SECONDS = 14 * 24 * 3600


class Session(msgspec.Struct, frozen=True):
    """Who is signed in; what they may do is read from the database each time."""

    user_id: UserId
    created_at: float


def _key(session_id: str) -> str:
    return f"session:{session_id}"


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="streamdesk.session")


def _session_id(cookie: str | None, secret: str) -> str | None:
    if not cookie:
        return None
    try:
        session_id = _signer(secret).loads(cookie)
    except BadSignature:
        return None
    return session_id if isinstance(session_id, str) else None


async def start_session(
    store: "redis.asyncio.Redis", user_id: UserId, now: float, secret: str
) -> str:
    """Begin a session; the cookie's value."""
    session_id = secrets.token_urlsafe(24)
    session = msgspec.json.encode(Session(user_id, now))
    await store.set(_key(session_id), session, ex=LIFETIME_SECONDS)
    return str(_signer(secret).dumps(session_id))


async def end_session(store: "redis.asyncio.Redis", cookie: str | None, secret: str) -> None:
    """Revoke the session at once, wherever its cookie still is."""
    if (session_id := _session_id(cookie, secret)) is not None:
        await store.delete(_key(session_id))


async def find_session(
    store: "redis.asyncio.Redis", cookie: str | None, secret: str
) -> Session | None:
    """The session a cookie names, or nothing."""
    if (session_id := _session_id(cookie, secret)) is None:
        return None
    return _decode(await store.get(_key(session_id)))


def read_session(store: "redis.Redis", cookie: str | None, secret: str) -> Session | None:
    """The same for programs that do not run an event loop."""
    if (session_id := _session_id(cookie, secret)) is None:
        return None
    found = store.get(_key(session_id))
    return _decode(found if isinstance(found, bytes | str) else None)


def _decode(found: bytes | str | None) -> Session | None:
    return None if found is None else msgspec.json.decode(found, type=Session)
