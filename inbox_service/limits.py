"""How often clients may ask: counted in Redis for all processes, answered 429 with Retry-After."""

import re
import time
from functools import lru_cache
from ipaddress import ip_address, ip_network
from typing import Any

import msgspec
import redis.asyncio
import structlog
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import RedisStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from desk.settings import Limiting
from desk.words.errors import Forbidden

Connection = ASGIConnection[Any, Any, Any, Any]

PREFIX = "rates"

UNCOUNTED = ("/webhooks", "/health", "/metrics", "/ui/", "/packs/", "/cable")
"""Providers' hooks are many and from few addresses; the others are cheap."""

_OWN_NETWORKS = tuple(
    ip_network(network)
    for network in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
        *("::1/128", "fc00::/7", "fe80::/10"),
    )
)
"""This machine and what stands beside it: a proxy there asks for everybody."""

_log = structlog.get_logger("inbox_service")


class Rule(msgspec.Struct, frozen=True):
    """One limit, beside that of all requests from one address."""

    name: str
    route: re.Pattern[str]
    """Of the address as it is routed: an account's number can be written in many ways."""
    method: str
    of_account: RateLimitItem
    of_user: RateLimitItem | None = None


_OF_AN_ACCOUNT = r"/api/v\d/accounts/\{account_id\}"

RULES = (
    Rule(
        "contact_search",
        re.compile(_OF_AN_ACCOUNT + r"/contacts/search"),
        "GET",
        RateLimitItemPerMinute(100),
    ),
    Rule("uploads", re.compile(_OF_AN_ACCOUNT + r"/upload"), "POST", RateLimitItemPerHour(60)),
    Rule(
        "list_meta",
        re.compile(_OF_AN_ACCOUNT + r"/conversations/meta"),
        "GET",
        RateLimitItemPerMinute(1000),
        RateLimitItemPerMinute(120),
    ),
    Rule(
        "reports",
        re.compile(_OF_AN_ACCOUNT + r"/(live_|summary_|custom_)?reports(/.*)?"),
        "GET",
        RateLimitItemPerMinute(1000),
        RateLimitItemPerMinute(100),
    ),
)
"""Chatwoot's limits, and for all kinds of reports instead of one."""


class TooManyRequests(Forbidden):
    """The answer is 429 and says when to ask again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            "too_many_requests",
            f"Too many requests. Ask again in {seconds} seconds.",
            retry_after=seconds,
        )


class Limits:
    """Counts requests, except those of our own network and of addresses the operator trusts."""

    def __init__(self, settings: Limiting, store: "redis.asyncio.Redis", url: str) -> None:
        self._unlimited = settings.unlimited_from
        self._all = RateLimitItemPerMinute(settings.requests_per_minute)
        storage = RedisStorage(
            f"async+{url}",
            implementation="redispy",
            key_prefix=PREFIX,
            connection_pool=store.connection_pool,  # type: ignore[arg-type]
        )
        self._counter = SlidingWindowCounterRateLimiter(storage)

    def address_of(self, connection: Connection) -> str | None:
        """By what the asker is counted; nothing for those who are not."""
        client = connection.scope.get("client")
        host = client[0] if client else ""
        if not host or host in self._unlimited:
            return None
        return _counted_as(host)

    async def count_address(self, connection: Connection) -> None:
        """One more from this address; raises TooManyRequests."""
        if connection.scope["path"].startswith(UNCOUNTED):
            return
        address = self.address_of(connection)
        if address is not None:
            await self._count(self._all, "all", address)

    async def count_account(self, connection: Connection) -> None:
        """One more of the account's for the rules it falls under; raises TooManyRequests."""
        account = connection.path_params.get("account_id")
        if account is None or self.address_of(connection) is None:
            return
        route, method = connection.scope["path_template"], connection.scope.get("method")
        for rule in RULES:
            if rule.method == method and rule.route.fullmatch(route):
                user = connection.scope["state"].get("user_id")
                if rule.of_user is not None and user is not None:
                    await self._count(rule.of_user, rule.name, f"{account}:{user}")
                await self._count(rule.of_account, rule.name, str(account))

    async def _count(self, most: RateLimitItem, name: str, who: str) -> None:
        try:
            if await self._counter.hit(most, name, who):
                return
            stats = await self._counter.get_window_stats(most, name, who)
        except redis.RedisError as error:
            # Without Redis nobody is counted: a lost counter is no reason to send people away.
            _log.warning("requests are not counted", kind=type(error).__name__)
            return
        raise TooManyRequests(max(int(stats.reset_time - time.time()) + 1, 1))


@lru_cache(maxsize=4096)
def _counted_as(host: str) -> str | None:
    try:
        address = ip_address(host)
    except ValueError:
        return None
    if any(address in network for network in _OWN_NETWORKS):
        return None
    # One household has a whole network of the longer addresses.
    return host if address.version == 4 else str(ip_network(f"{address}/64", strict=False))


async def by_address(connection: Connection, _: BaseRouteHandler) -> None:
    """Before anybody is asked who they are."""
    limits: Limits = connection.app.state.limits
    await limits.count_address(connection)


async def by_account(connection: Connection, _: BaseRouteHandler) -> None:
    """When it is known who asks."""
    limits: Limits = connection.app.state.limits
    await limits.count_account(connection)
