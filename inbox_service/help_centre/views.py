"""How often articles are read: a visitor counts once a day, and many views are one write."""

import asyncio
import hashlib
import ipaddress
from collections import defaultdict
from contextlib import suppress
from uuid import uuid4

import redis.exceptions
import structlog

from desk.actions.keep_article import count_views
from desk.store.desk import Desk
from desk.words.ids import AccountId

VIEWS = "help_centre:views"
"""Redis: views by `account:article` that are not in the table yet."""
WAITING = "help_centre:views_are_written"
"""Redis: some process will write them."""
GATHER_SECONDS = 30.0
FORGOTTEN_SECONDS = 2 * 86_400

log = structlog.get_logger("inbox_service.help_centre")


class ViewCounter:
    """Counts in Redis, and writes down what has gathered there every half minute at most."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._writing: asyncio.Task[None] | None = None

    async def count(self, account_id: AccountId, article_id: int, address: str) -> None:
        """Somebody at this address reads it; a page is shown even if that cannot be counted."""
        try:
            await self._count(account_id, article_id, address)
        except (redis.exceptions.RedisError, OSError) as error:
            log.warning("view_not_counted", kind=type(error).__name__)

    async def _count(self, account_id: AccountId, article_id: int, address: str) -> None:
        store = self._desk.redis
        now = self._desk.clock.now()
        # A sketch of who was there: it keeps no addresses, and never grows over 12 KB.
        seen = f"help_centre:seen:{int(account_id)}:{article_id}:{now:%Y%m%d}"
        visitor = hashlib.sha256(f"{seen}:{_household(address)}".encode()).digest()
        async with store.pipeline(transaction=True) as pipeline:
            pipeline.pfadd(seen, visitor)
            pipeline.expire(seen, FORGOTTEN_SECONDS)
            first_time, _ = await pipeline.execute()
        if not first_time:
            return
        await store.hincrby(VIEWS, f"{int(account_id)}:{article_id}", 1)
        if await store.set(WAITING, "1", nx=True, ex=int(GATHER_SECONDS * 2)):
            self._writing = asyncio.create_task(self._write_later())

    async def write(self) -> None:
        """Write down what has gathered."""
        store = self._desk.redis
        mine = f"{VIEWS}:{uuid4().hex}"
        try:
            await store.rename(VIEWS, mine)
        except redis.exceptions.ResponseError:
            return
        # If this process dies now, these views are lost rather than counted twice.
        await store.expire(mine, FORGOTTEN_SECONDS)
        gathered: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for key, n in (await store.hgetall(mine)).items():
            name = key if isinstance(key, str) else key.decode()
            account_id, _, article_id = name.partition(":")
            gathered[int(account_id)].append((int(article_id), int(n)))
        for account, views in gathered.items():
            async with self._desk.transaction(AccountId(account)) as tx:
                await count_views(tx, sorted(views))
        await store.delete(mine)

    async def _write_later(self) -> None:
        await asyncio.sleep(GATHER_SECONDS)
        await self._desk.redis.delete(WAITING)
        await self.write()

    async def close(self) -> None:
        """What has gathered stays in Redis, for whoever counts next."""
        if self._writing is not None:
            self._writing.cancel()
            with suppress(asyncio.CancelledError):
                await self._writing


def _household(address: str) -> str:
    """One visitor: an IPv4 address, or the IPv6 network that a household is given."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)
