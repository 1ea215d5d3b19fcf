"""How the desk is: one word for each part it stands on."""

import asyncio
import shutil
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.enums import MediaType

from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.vitals import LAGS_AFTER, Vitals, vitals
from desk.words.errors import DeskError
from inbox_service.api.answers import answers_file
from inbox_service.auth.guard import PUBLIC
from inbox_service.broker_probe import probe
from inbox_service.unreachable import UNREACHABLE
from warehouse.freshness import STALE_AFTER, read_freshness

PATIENCE = 4.0
"""Seconds that one part may take to answer."""

LEAST_FREE = 256 * 1024 * 1024
"""Bytes a disk must have left."""


class Part(msgspec.Struct):
    """One part: `ok` or `down`, and what there is to say."""

    name: str
    ok: bool
    note: str
    ms: float


class HealthReport(msgspec.Struct):
    """All parts; `ok` only if every one of them is."""

    ok: bool
    parts: list[Part]


class NotWell(Exception):
    """A part answers, but is not well; the words say how."""


class Health:
    """Looks at everything at once."""

    def __init__(self, desk: Desk, files: FileStore) -> None:
        self._desk = desk
        self._files = files

    async def look(self) -> HealthReport:
        """Ask every part; none waits for another."""
        checks: dict[str, Callable[[], Awaitable[str]]] = {
            "database": self._database,
            "redis": self._redis,
            "broker": self._broker,
            "streams": self._streams,
            "lake": self._lake,
            "storage": self._storage,
        }
        parts = await asyncio.gather(*(_look_at(name, check) for name, check in checks.items()))
        return HealthReport(all(part.ok for part in parts), list(parts))

    async def vitals(self) -> Vitals:
        """What waits, and since when."""
        async with self._desk.transaction_across_accounts(reason="how far the streams are") as tx:
            return await vitals(tx)

    async def _database(self) -> str:
        async with self._desk.transaction_across_accounts(reason="whether the database is") as tx:
            await tx.execute("select 1")
        return ""

    async def _redis(self) -> str:
        await self._desk.redis.ping()
        return ""

    async def _broker(self) -> str:
        await probe(self._desk.settings.storage.kafka_url, seconds=PATIENCE)
        return ""

    async def _streams(self) -> str:
        found = await self.vitals()
        now = self._desk.clock.now()
        receive = _age(now, found.oldest_inbound)
        react = _age(now, found.oldest_event)
        note = f"receive {receive:.0f} s, react {react:.0f} s behind"
        if max(receive, react) > LAGS_AFTER:
            raise NotWell(note)
        return note

    async def _lake(self) -> str:
        newest = await asyncio.to_thread(read_freshness, self._desk.settings.storage)
        if newest is None:
            return "not filled yet"
        age = _age(self._desk.clock.now(), newest.read_at)
        if age > STALE_AFTER:
            raise NotWell(f"{age:.0f} s old")
        return f"{age:.0f} s old"

    async def _storage(self) -> str:
        await self._files.check()
        home = self._desk.settings.home
        if not home.exists():
            return ""
        free = (await asyncio.to_thread(shutil.disk_usage, home)).free
        if free < LEAST_FREE:
            raise NotWell(f"{free // 2**20} MB free")
        return f"{free // 2**20} MB free"


@get(
    "/health",
    opt=PUBLIC,
    operation_id="health",
    tags=["Watching"],
    cache_control=None,
    responses=answers_file("text/plain") | answers_file("text/plain", 503),
)
async def get_health(
    request: Request[Any, Any, Any], health: NamedDependency[Health]
) -> Response[Any]:
    """200 when every part is well, otherwise 503; a line per part, or JSON where it is asked for."""
    report = await health.look()
    status = 200 if report.ok else 503
    if "application/json" in request.headers.get("accept", ""):
        return Response(report, status_code=status, media_type=MediaType.JSON)
    lines = [
        f"{part.name} {'ok' if part.ok else 'down'}{f' ({part.note})' if part.note else ''}"
        for part in report.parts
    ]
    return Response("\n".join(lines) + "\n", status_code=status, media_type=MediaType.TEXT)


async def _look_at(name: str, check: Callable[[], Awaitable[str]]) -> Part:
    began = time.perf_counter()
    try:
        async with asyncio.timeout(PATIENCE + 1):
            ok, note = True, await check()
    except NotWell as error:
        ok, note = False, str(error)
    except (DeskError, *UNREACHABLE) as error:
        ok, note = False, type(error).__name__
    return Part(name, ok, note, round((time.perf_counter() - began) * 1000, 1))


def _age(now: datetime, then: datetime | None) -> float:
    return 0.0 if then is None else max(0.0, (now - then).total_seconds())
