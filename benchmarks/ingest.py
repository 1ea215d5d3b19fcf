"""From topic to committed rows, beside the same SQL alone."""

import asyncio
import time
from datetime import datetime
from typing import Any

import msgspec
import uvloop

from benchmarks.an_account import AnAccount, customers_write, journal, make_account
from benchmarks.result import Result, compare
from benchmarks.stage import Stage, cpu_of, stage, until
from desk.actions.receive_messages import Received, receive_messages
from desk.settings import Settings
from desk.store.desk import Desk
from desk.store.transaction import WideTx
from ingest.channel_catalogue import channel_of
from streams.publishing import hook_of

MESSAGES = 20_000
ROUNDS = 2
BATCH = 200


class Share(msgspec.Struct, frozen=True):
    """One round's figures."""

    per_second: float
    python_us: float
    postgres_us: float
    published_per_second: float = 0.0
    relay_us: float = 0.0


def run() -> Result:
    """Rounds of both, in turn, on one house."""
    ours: list[Share] = []
    alone: list[Share] = []
    with stage() as house:
        for _ in range(ROUNDS):
            alone.append(_sql_alone(house))
            ours.append(_through_the_topic(house))
    best = max(ours, key=lambda share: share.per_second)
    reference = max(alone, key=lambda share: share.per_second)
    return compare(
        "ingest",
        f"{MESSAGES:,} WhatsApp text messages of 2,000 customers, from the topic through Faust "
        f"to committed rows; reference: the same transactions of {BATCH} without a broker",
        "messages/s",
        ours=best.per_second,
        reference=reference.per_second,
        goal=">= 0.5",
        details={
            "ours_python_us_per_message": best.python_us,
            "ours_postgres_us_per_message": best.postgres_us,
            "reference_python_us_per_message": reference.python_us,
            "reference_postgres_us_per_message": reference.postgres_us,
            "relay_published_per_second": max(share.published_per_second for share in ours),
            "relay_python_us_per_message": min(share.relay_us for share in ours),
        },
    )


def _sql_alone(house: Stage) -> Share:
    at = asyncio.run(make_account(house))
    journal(house, at, customers_write(at, MESSAGES))
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_receive_all(house, at))


async def _receive_all(house: Stage, at: AnAccount) -> Share:
    desk = Desk.open(Settings.from_environment(house.environment), connections=1)
    batches = _read_all(house, at)
    postgres, python, began = house.services_cpu("postgres"), time.process_time(), time.monotonic()
    for batch in batches:
        async with desk.transaction_across_accounts(reason="a benchmark plays the stream") as tx:
            await _receive(tx, batch)
    seconds = time.monotonic() - began
    python = time.process_time() - python
    postgres = house.services_cpu("postgres") - postgres
    await desk.close()
    return _share(seconds, python, postgres)


async def _receive(tx: WideTx, batch: list[Received]) -> None:
    await receive_messages(tx, batch)


def _read_all(house: Stage, at: AnAccount) -> list[list[Received]]:
    rows = house.database.execute(
        """select account_id, id, inbox_id, channel, sender, headers::text, body, received_at
           from inbound where account_id = %s order by id""",
        [at.account_id],
    )
    names = [column.name for column in rows.description or ()]
    config = {"phone_number_id": at.phone_number_id}
    received = []
    for values in rows:
        hook = hook_of(dict(zip(names, values, strict=True)))
        readings = tuple(channel_of(hook.channel).read(hook, config))
        received.append(
            Received(hook.id, hook.account_id, hook.inbox_id, hook.received_at, readings)
        )
    return [received[start : start + BATCH] for start in range(0, len(received), BATCH)]


def _through_the_topic(house: Stage) -> Share:
    at = asyncio.run(make_account(house))
    journal(house, at, customers_write(at, MESSAGES))
    with house.process("streams.relay") as relay:
        until(lambda: _any(house, "epoch is not null"), seconds=60, what="publishing")
        relay_cpu = cpu_of(relay)
        until(lambda: not _any(house, "epoch is null"), seconds=120, what="publishing")
        relay_cpu = cpu_of(relay) - relay_cpu
        began, ended = _span(house, at, "published_at")
    published_per_second = MESSAGES / max(0.001, (ended - began).total_seconds())
    with house.process("benchmarks.receive_only") as worker:
        until(lambda: _count_done(house, at) > 0, seconds=60, what="receiving")
        python, postgres = cpu_of(worker), house.services_cpu("postgres")
        already, since = _count_done(house, at), time.monotonic()
        until(lambda: not _any(house, "true"), seconds=120, what="receiving")
        seconds = time.monotonic() - since
        python, postgres = cpu_of(worker) - python, house.services_cpu("postgres") - postgres
    counted = MESSAGES - already
    stored = house.value("select count(*) from messages where account_id = %s", at.account_id)
    if stored != MESSAGES:
        raise AssertionError(f"{stored} messages are stored, not {MESSAGES}")
    return Share(
        per_second=counted / seconds,
        python_us=python / counted * 1e6,
        postgres_us=postgres / counted * 1e6,
        published_per_second=published_per_second,
        relay_us=relay_cpu / MESSAGES * 1e6,
    )


def _share(seconds: float, python: float, postgres: float) -> Share:
    return Share(MESSAGES / seconds, python / MESSAGES * 1e6, postgres / MESSAGES * 1e6)


def _any(house: Stage, condition: str) -> bool:
    """Whether a hook that is not done fulfils the condition; cheap, so as not to be measured."""
    found: bool = house.value(
        f"select exists(select from inbound where done_at is null and {condition})"
    )
    return found


def _count_done(house: Stage, at: AnAccount) -> int:
    found: int = house.value(
        "select count(*) from inbound where account_id = %s and done_at is not null",
        at.account_id,
    )
    return found


def _span(house: Stage, at: AnAccount, column: str) -> tuple[datetime, datetime]:
    found: Any = house.database.execute(
        f"select min({column}), max({column}) from inbound where account_id = %s",
        [at.account_id],
    ).fetchone()
    return found[0], found[1]
