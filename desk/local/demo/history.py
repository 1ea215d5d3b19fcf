"""The past of the demo: whole days of scripts, written while the desk already works."""

import asyncio
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from desk.clock import FixedClock, SystemClock
from desk.local.demo.beats import CustomerWrites
from desk.local.demo.days import scripts_of
from desk.local.demo.doors import id_at
from desk.local.demo.founding import Founded
from desk.local.demo.playing import Player
from desk.local.demo.script import Script
from desk.settings import Settings
from desk.store.desk import Desk

log = structlog.get_logger()

RECENT_DAYS = 14
"""Written first where that does no harm, so that the reports soon have something to show."""

AT_ONCE = 12
"""Conversations in one transaction: small enough that live customers hardly wait for a number."""


async def history_is_complete(desk: Desk, founded: list[Founded], days: int) -> bool:
    """Whether an earlier run wrote all there is to write."""
    if days == 0:
        return True
    for one in founded:
        async with desk.transaction(one.account_id) as tx:
            account = await tx.one("select settings ->> 'demo_history' as state from accounts")
        if account["state"] != "complete":
            return False
    return True


async def fill_history(settings: Settings, founded: list[Founded]) -> None:
    """Write what is missing of the past; killed and started again, it goes on where it was."""
    now = SystemClock().now()
    desk = Desk.open(settings, clock=FixedClock(now), connections=2)
    try:
        for one, day in _order(founded, now, settings.demo.days):
            await _write_day(desk, one, day, now)
        for one in founded:
            async with desk.transaction(one.account_id) as tx:
                await tx.execute(
                    'update accounts set settings = settings || \'{"demo_history": "complete"}\''
                )
        log.info("history_complete", days=settings.demo.days)
    finally:
        await desk.close()


def _order(founded: list[Founded], now: datetime, days: int) -> Iterator[tuple[Founded, date]]:
    """Recent days first, then from the beginning on.

    Where a customer keeps one conversation for ever it must be written in the order of time.
    """
    split = min(RECENT_DAYS, days)
    for back in range(split - 1, -1, -1):
        for one in founded:
            if not one.company.one_conversation:
                yield one, _today(one, now) - timedelta(days=back)
    for back in range(days - 1, -1, -1):
        for one in founded:
            if one.company.one_conversation or back >= split:
                yield one, _today(one, now) - timedelta(days=back)


def _today(one: Founded, now: datetime) -> date:
    return now.astimezone(ZoneInfo(one.company.time_zone)).date()


async def _write_day(desk: Desk, one: Founded, day: date, now: datetime) -> None:
    scripts = [s for s in scripts_of(one.company, day).scripts if s.begins_at <= now]
    for begin in range(0, len(scripts), AT_ONCE):
        await _write_some(desk, one, scripts[begin : begin + AT_ONCE], now)
        # Give way: whoever works at the desk comes first.
        await asyncio.sleep(0)


async def _write_some(desk: Desk, one: Founded, scripts: list[Script], now: datetime) -> None:
    async with desk.transaction_across_accounts(
        reason="made-up history goes through the stream's own intake", quiet=True
    ) as tx:
        await tx.execute("set local synchronous_commit = off")
        done = await tx.all(
            "select source_id from messages where inbox_id = any(%s) and source_id = any(%s)",
            [list(one.inboxes.values()), [_first_id(script) for script in scripts]],
        )
        known = {row["source_id"] for row in done}
        # A conversation that is open now belongs to those who work at the desk now.
        busy = await tx.all(
            """select ci.source_id from conversations c
               join contact_inboxes ci on ci.account_id = c.account_id and ci.id = c.contact_inbox_id
               where c.account_id = %s and c.status <> 1 and ci.source_id = any(%s)
                 and c.created_at > %s""",
            [
                one.account_id,
                [script.door.sender for script in scripts],
                max(script.begins_at for script in scripts),
            ],
        )
        taken = {row["source_id"] for row in busy}
        missing = [
            script
            for script in scripts
            if _first_id(script) not in known and script.door.sender not in taken
        ]
        if missing:
            await Player(tx, one, desk.settings.addresses.public_url, now).play(missing)


def _first_id(script: Script) -> str:
    first = next(beat.id for beat in script.beats if isinstance(beat, CustomerWrites))
    return id_at(script.door, first)
