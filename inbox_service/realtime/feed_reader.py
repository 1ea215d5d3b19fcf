"""Reads the accounts' feeds from Redis; whatever one read brought is handed over together."""

import asyncio
import ssl
from collections.abc import Callable
from typing import Any, Final, cast

import hiredis
import structlog
from redis.asyncio.connection import SSLConnection, parse_url
from typing_extensions import override

from desk.store import feed
from desk.store.feed import Frame
from desk.words.ids import AccountId

Batch = dict[int, list[Frame]]

PING_EVERY: Final = 15.0
FIRST_WAIT: Final = 0.1
LONGEST_WAIT: Final = 3.0

_log = structlog.get_logger("inbox_service.realtime")


class FeedReader:
    """Subscribes while somebody listens, and says when frames may have been missed."""

    def __init__(
        self, url: str, *, deliver: Callable[[Batch], None], missed: Callable[[], None]
    ) -> None:
        self._url = url
        self._deliver = deliver
        self._missed = missed
        self._wanted: set[bytes] = set()
        self._confirmed: dict[bytes, asyncio.Event] = {}
        self._line: _Line | None = None
        self._keeper: asyncio.Task[None] | None = None

    @property
    def is_connected(self) -> bool:
        return self._line is not None

    def start(self) -> None:
        """Connect, and stay connected."""
        self._keeper = asyncio.create_task(self._keep(), name="feed reader")

    async def close(self) -> None:
        """Let go of Redis."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        if self._line is not None:
            self._line.close()

    async def subscribe(self, account_id: AccountId) -> None:
        """Returns when Redis has said that the account's frames will come."""
        name = feed.channel(account_id).encode()
        confirmed = self._confirmed.setdefault(name, asyncio.Event())
        if name not in self._wanted:
            self._wanted.add(name)
            if self._line is not None:
                self._line.command(b"SUBSCRIBE", name)
        await confirmed.wait()

    def unsubscribe(self, account_id: AccountId) -> None:
        """Nobody listens to the account any more."""
        name = feed.channel(account_id).encode()
        self._wanted.discard(name)
        self._confirmed.pop(name, None)
        if self._line is not None:
            self._line.command(b"UNSUBSCRIBE", name)

    async def _keep(self) -> None:
        wait, before = FIRST_WAIT, False
        while True:
            try:
                line = await self._connect()
            except (OSError, TimeoutError, ConnectionError) as error:
                _log.warning("feed unreachable", kind=type(error).__name__)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
                continue
            wait = FIRST_WAIT
            self._line = line
            for name in self._wanted:
                line.command(b"SUBSCRIBE", name)
            if before:
                self._missed()
            before = True
            await line.lost.wait()
            self._line = None
            for confirmed in self._confirmed.values():
                confirmed.clear()
            _log.warning("feed lost")

    async def _connect(self) -> "_Line":
        options: dict[str, Any] = dict(parse_url(self._url))
        loop = asyncio.get_running_loop()

        greeting: tuple[bytes, ...] = ()
        if options.get("password"):
            user = str(options.get("username") or "default").encode()
            greeting = (b"AUTH", user, str(options["password"]).encode())

        def factory() -> _Line:
            return _Line(self._take, greeting)

        async with asyncio.timeout(5):
            if "path" in options:
                _, line = await loop.create_unix_connection(factory, options["path"])
            else:
                secure = options.get("connection_class") is SSLConnection
                _, line = await loop.create_connection(
                    factory,
                    options.get("host", "localhost"),
                    int(options.get("port", 6379)),
                    ssl=ssl.create_default_context() if secure else None,
                )
        return line

    def _take(self, replies: list[list[Any]]) -> None:
        """Sort what one read brought: confirmations, and frames by account."""
        batch: Batch = {}
        for reply in replies:
            kind = reply[0]
            if kind == b"message":
                try:
                    frame = feed.decode(reply[2])
                    account_id = int(reply[1].rpartition(b":")[2])
                except ValueError as error:
                    # One malformed frame must not cost anybody else theirs.
                    _log.error("frame not readable", kind=type(error).__name__)
                    continue
                batch.setdefault(account_id, []).append(frame)
            elif kind == b"subscribe" and reply[1] in self._confirmed:
                self._confirmed[reply[1]].set()
        if batch:
            self._deliver(batch)


class _Line(asyncio.Protocol):
    """One connection that speaks RESP."""

    def __init__(
        self, take: Callable[[list[list[Any]]], None], greeting: tuple[bytes, ...]
    ) -> None:
        self.lost = asyncio.Event()
        self._greeting = greeting
        self._take = take
        self._reader = hiredis.Reader()
        self._transport: asyncio.Transport | None = None
        self._heard = True
        self._timer: asyncio.TimerHandle | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if self._greeting:
            self.command(*self._greeting)
        self._watch()

    @override
    def data_received(self, data: bytes) -> None:
        self._heard = True
        self._reader.feed(data)
        replies: list[list[Any]] = []
        while True:
            reply = self._reader.gets()
            if reply is False:
                break
            if isinstance(reply, Exception):
                _log.error("redis refuses the feed", kind=type(reply).__name__)
                self.close()
            elif isinstance(reply, list):
                replies.append(reply)
        self._take(replies)

    @override
    def connection_lost(self, _: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self.lost.set()

    def command(self, *words: bytes) -> None:
        if self._transport is not None:
            parts = [b"*%d\r\n" % len(words)]
            parts.extend(b"$%d\r\n%b\r\n" % (len(word), word) for word in words)
            self._transport.write(b"".join(parts))

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _watch(self) -> None:
        if not self._heard:
            self.close()
            return
        self._heard = False
        self.command(b"PING")
        self._timer = asyncio.get_running_loop().call_later(PING_EVERY, self._watch)
