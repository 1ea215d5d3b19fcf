"""Sign-in sessions: a signed cookie names a session that Redis holds and anybody can revoke."""

import hashlib
import secrets
from collections.abc import Collection

import msgspec
import redis
import redis.asyncio
from itsdangerous import BadSignature, URLSafeSerializer

from desk.store.transaction import WideTx
from desk.words.ids import UserId

COOKIE = "streamdesk_session"
LIFETIME_SECONDS = 14 * 24 * 3600

NEVER_ENDS = -1
"""What Redis answers about a key that does not expire."""


class Session(msgspec.Struct, frozen=True):
    """Who is signed in; what they may do is read from the database each time."""

    user_id: UserId
    created_at: float
    ip: str = ""
    user_agent: str = ""


class OpenSession(msgspec.Struct, frozen=True):
    """One of a person's sessions, under a name that opens nothing."""

    name: str
    session: Session
    is_this: bool


MOST_SESSIONS = 25
"""A person who signs in once more ends their oldest session."""


def _of(user_id: UserId) -> str:
    return f"sessions_of:{int(user_id)}"


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
    store: "redis.asyncio.Redis",
    user_id: UserId,
    now: float,
    secret: str,
    *,
    ip: str = "",
    user_agent: str = "",
) -> str:
    """Begin a session; the cookie's value."""
    session_id = secrets.token_urlsafe(24)
    session = msgspec.json.encode(Session(user_id, now, ip[:64], user_agent[:300]))
    async with store.pipeline(transaction=True) as pipeline:
        pipeline.set(_key(session_id), session, ex=LIFETIME_SECONDS)
        pipeline.zadd(_of(user_id), {session_id: now})
        pipeline.zremrangebyscore(_of(user_id), "-inf", now - LIFETIME_SECONDS)
        pipeline.expire(_of(user_id), LIFETIME_SECONDS)
        pipeline.zrange(_of(user_id), 0, -MOST_SESSIONS - 1)
        *_, too_many = await pipeline.execute()
    await _end(store, user_id, [_text(one) for one in too_many])
    return str(_signer(secret).dumps(session_id))


async def sessions_of(
    store: "redis.asyncio.Redis", user_id: UserId, cookie: str | None, secret: str
) -> list[OpenSession]:
    """The person's open sessions, newest first; `cookie` names the one that asks."""
    this = _session_id(cookie, secret)
    ids = [_text(one) for one in await store.zrevrange(_of(user_id), 0, -1)]
    found = await store.mget([_key(one) for one in ids]) if ids else []
    return [
        OpenSession(_name(session_id), session, session_id == this)
        for session_id, raw in zip(ids, found, strict=True)
        if (session := _decode(raw)) is not None and session.user_id == user_id
    ]


async def end_sessions_of(
    store: "redis.asyncio.Redis",
    user_id: UserId,
    secret: str,
    *,
    except_cookie: str | None = None,
    named: str | None = None,
) -> list[str]:
    """Revoke all of the person's sessions, or the one of this name; the cookies they had."""
    kept = _session_id(except_cookie, secret)
    ids = [_text(one) for one in await store.zrange(_of(user_id), 0, -1)]
    gone = [one for one in ids if one != kept and named in (None, _name(one))]
    await _end(store, user_id, gone)
    return [str(_signer(secret).dumps(one)) for one in gone]


async def _end(store: "redis.asyncio.Redis", user_id: UserId, session_ids: list[str]) -> None:
    if session_ids:
        await store.delete(*(_key(one) for one in session_ids))
        await store.zrem(_of(user_id), *session_ids)


def _name(session_id: str) -> str:
    return hashlib.sha256(session_id.encode()).hexdigest()[:20]


def _text(member: object) -> str:
    return member.decode() if isinstance(member, bytes) else str(member)


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


def mark_of(cookie: str) -> str:
    """Names a sign-in without being good for anything."""
    return hashlib.sha256(cookie.encode()).hexdigest()[:24]


async def living(store: "redis.asyncio.Redis", cookies: Collection[str], secret: str) -> set[str]:
    """Those of the cookies whose sessions have not ended."""
    keys = {cookie: _session_id(cookie, secret) for cookie in cookies}
    asked = [cookie for cookie, session_id in keys.items() if session_id is not None]
    if not asked:
        return set()
    found = await store.mget([_key(str(keys[cookie])) for cookie in asked])
    return {cookie for cookie, session in zip(asked, found, strict=True) if session is not None}


def read_session(store: "redis.Redis", cookie: str | None, secret: str) -> Session | None:
    """The same for programs that do not run an event loop."""
    if (session_id := _session_id(cookie, secret)) is None:
        return None
    found = store.get(_key(session_id))
    return _decode(found if isinstance(found, bytes | str) else None)


async def stale_sessions(store: "redis.asyncio.Redis", tx: WideTx, *, end: bool) -> int:
    """How many sessions open nothing any more; `end` ends them.

    They are of users who are gone or work for no account, or they never end by themselves.
    """
    stale = 0
    keys: list[bytes] = []
    async for key in store.scan_iter(match=_key("*"), count=500):
        keys.append(key)
        if len(keys) == 500:
            stale += await _sweep(store, tx, keys, end=end)
            keys = []
    return stale + await _sweep(store, tx, keys, end=end)


async def _sweep(store: "redis.asyncio.Redis", tx: WideTx, keys: list[bytes], *, end: bool) -> int:
    if not keys:
        return 0
    async with store.pipeline(transaction=False) as pipeline:
        for key in keys:
            pipeline.get(key)
            pipeline.ttl(key)
        answers = await pipeline.execute()
    sessions = {
        key: (_decode(found), ttl)
        for key, found, ttl in zip(keys, answers[::2], answers[1::2], strict=True)
    }
    users = [int(session.user_id) for session, _ in sessions.values() if session is not None]
    rows = await tx.all(
        "select distinct user_id from account_users where user_id = any(%s)", [users]
    )
    employed = {row["user_id"] for row in rows}
    stale = [
        key
        for key, (session, ttl) in sessions.items()
        if session is not None and (ttl == NEVER_ENDS or int(session.user_id) not in employed)
    ]
    if end and stale:
        await store.delete(*stale)
    return len(stale)


def _decode(found: bytes | str | None) -> Session | None:
    return None if found is None else msgspec.json.decode(found, type=Session)
