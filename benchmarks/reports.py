"""Every report out of the lake beside the same question put to Postgres, for tenants of any size."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from time import monotonic, perf_counter, sleep
from typing import Any

import msgspec
import psutil
import psycopg
from rich.console import Console
from rich.table import Table

from assets.extract.sync import sync_lake
from benchmarks.a_large_desk import accounts, large_desk
from benchmarks.report_questions import INDEX, QUESTIONS, Question, agree, varied
from benchmarks.result import Result, compare
from desk.settings import Settings, Storage
from desk.words.ids import AccountId
from warehouse.lake import Lake
from warehouse.period import Period

MONTH = 30
AGO = 730 + 30
"""So many days ago the history of a seeded desk had not begun."""

ROUNDS = 20
LONG_ENOUGH = 1.5
"""Seconds after which no more rounds are asked of Postgres, once there were three."""

SHOWN = 300
"""Letters of an answer that is not the same."""

TALKING = 20
"""Conversations of an account in which a customer writes before the lake is synced again."""

_A_CUSTOMER_WRITES = """
with chosen as (
    select account_id, id, inbox_id, contact_id, assignee_id, team_id from conversations
    where account_id = %(account)s order by last_activity_at desc limit %(talking)s
),
said as (
    insert into messages (account_id, inbox_id, conversation_id, message_type, private, content,
        sender_type, sender_id, created_at, updated_at)
    select account_id, inbox_id, id, 0, false, 'words', 'Contact', contact_id, now(), now()
    from chosen
    returning account_id, id, conversation_id, inbox_id, sender_id, created_at
)
insert into events (account_id, name, conversation_id, "at", actor_kind, actor_id, fact, quiet)
select account_id, 'message_created', conversation_id, created_at, 'contact', sender_id,
       jsonb_build_object('type', 'message_created', 'message_id', id,
       'conversation_id', conversation_id, 'inbox_id', inbox_id, 'message_type', 0,
       'private', false, 'sender_type', 'Contact', 'sender_id', sender_id), true
from said"""


class Times(msgspec.Struct):
    """What one question took, in milliseconds."""

    tenant: str
    over: str
    report: str
    ours: list[float]
    postgres: list[float]
    differ: int = 0
    """How many answers were not the same."""

    @property
    def ratio(self) -> float:
        return median(self.ours) / median(self.postgres)


class Tenant(msgspec.Struct, frozen=True):
    """An account and what it is called here."""

    name: str
    account: AccountId


class Reader:
    """A process's lake, asked in a thread of its own as the inbox service asks it."""

    def __init__(self, storage: Storage) -> None:
        self.lake = Lake.ready(storage)
        self._thread = ThreadPoolExecutor(max_workers=1)
        self.lake.snapshot()

    def timed(self, question: Question, account: AccountId, period: Period) -> tuple[float, Any]:
        """The milliseconds until the answer was there, and the answer."""
        began = perf_counter()
        answer = self._thread.submit(question.ask, self.lake, account, period).result()
        return (perf_counter() - began) * 1000, answer

    def timed_there(
        self, question: Question, database: psycopg.Connection[Any], tenant: Tenant, period: Period
    ) -> tuple[float, Any]:
        """The same of Postgres, asked in the same thread."""
        began = perf_counter()
        asked = self._thread.submit(question.of_postgres, database, tenant.account, period)
        rows = asked.result()
        return (perf_counter() - began) * 1000, rows

    def sees(self, snapshot: int) -> bool:
        return self.lake.snapshot().id >= snapshot

    def close(self) -> None:
        self._thread.shutdown()
        self.lake.close()


def run() -> Result:
    """The worst ratio of medians; the median and the 95th percentile of every question beside it."""
    times: list[Times] = []
    details: dict[str, float] = {}
    for scale in ("one", "tenants"):
        times += _measure(scale, details)
    details["answers_that_differ"] = sum(one.differ for one in times)
    _print(times, details)
    for one in times:
        name = f"{one.tenant}_{one.over}_{one.report}"
        for who, found in (("", one.ours), ("_postgres", one.postgres)):
            details[f"{name}{who}_ms"] = median(found)
            details[f"{name}{who}_p95_ms"] = _p95(found)
    worst = max(times, key=lambda one: one.ratio)
    return compare(
        "reports",
        f"{len(times)} questions, each varied: {len(QUESTIONS)} reports over {MONTH} days and over "
        "all history, for a tenant of 500,000 conversations and for the largest, a middle and the "
        "smallest of 200; ours is the one that does worst, the reference the same question to "
        f"Postgres: {worst.report}, {worst.tenant}, {worst.over}",
        "ms",
        ours=median(worst.ours),
        reference=median(worst.postgres),
        goal="<= 1",
        details=details,
    )


def _measure(scale: str, details: dict[str, float]) -> list[Times]:
    with large_desk(scale) as house, _index(house.database):
        storage = Settings.from_environment(house.environment).storage
        writer = Lake.writer(storage)
        sync_lake(storage, writer)
        tenants = _tenants(scale, [one.id for one in accounts(house)])
        reader = Reader(storage)
        _until(lambda: reader.lake.snapshot().id > 0)
        for tenant in tenants:
            first = [_first_load(reader, one, tenant) for one in QUESTIONS]
            details[f"{tenant.name}_first_load_slowest_ms"] = max(first)
        began = monotonic()
        _until(lambda: not reader.lake.is_copying(), seconds=300)
        details[f"{scale}_copied_after_seconds"] = monotonic() - began
        times = [
            _side_by_side(reader, house.database, tenant, question, over)
            for tenant in tenants
            for over in (MONTH, None)
            for question in QUESTIONS
        ]
        for tenant in tenants:
            _after_a_sync(reader, storage, writer, house.database, tenant, details)
        details[f"{scale}_megabytes_held"] = reader.lake.held_bytes() / 1e6
        details[f"{scale}_megabytes_of_the_process"] = psutil.Process().memory_info().rss / 1e6
        reader.close()
        writer.close()
        return times


def _tenants(scale: str, found: list[int]) -> list[Tenant]:
    """The largest first."""
    if scale == "one":
        return [Tenant("one", AccountId(found[0]))]
    middle = found[len(found) // 2]
    return [
        Tenant("largest", AccountId(found[0])),
        Tenant("middle", AccountId(middle)),
        Tenant("smallest", AccountId(found[-1])),
    ]


@contextmanager
def _index(database: psycopg.Connection[Any]) -> Iterator[None]:
    """Postgres is given the index that Chatwoot has for its reports."""
    database.execute(f"create index if not exists bench_said on {INDEX}".encode())
    database.execute(b"analyze messages")
    try:
        yield
    finally:
        database.execute(b"drop index bench_said")


def _first_load(reader: Reader, question: Question, tenant: Tenant) -> float:
    milliseconds, _ = reader.timed(question, tenant.account, _period(0, MONTH))
    return milliseconds


def _side_by_side(
    reader: Reader,
    database: psycopg.Connection[Any],
    tenant: Tenant,
    question: Question,
    over: int | None,
) -> Times:
    """In turn, each time over another period; it is told where the answers are not the same."""
    times = Times(tenant.name, f"{over}d" if over else "all", question.name, [], [])
    spent = 0.0
    for number in range(ROUNDS + 1):
        period = _period(number, over)
        mine, answer = reader.timed(question, tenant.account, period)
        if number:
            times.ours.append(mine)
        if spent > LONG_ENOUGH and len(times.postgres) >= 3:
            continue
        theirs, rows = reader.timed_there(question, database, tenant, period)
        spent += theirs / 1000
        if number:
            times.postgres.append(theirs)
        here, there = question.ours(answer), question.theirs(rows)
        if not agree(here, there):
            times.differ += 1
            print(
                f"{question.name} of {tenant.name} over {period} is not the same: "
                f"{str(here)[:SHOWN]} here, {str(there)[:SHOWN]} in Postgres",
                flush=True,
            )
    return times


def _after_a_sync(
    reader: Reader,
    storage: Storage,
    writer: Lake,
    database: psycopg.Connection[Any],
    tenant: Tenant,
    details: dict[str, float],
) -> None:
    """The first answer from a new snapshot: brought up beforehand, and when nobody had asked."""
    unready = Lake.reader(storage)
    ready: list[float] = []
    waited: list[float] = []
    unasked: list[float] = []
    terms = {"account": int(tenant.account), "talking": TALKING}
    for number in range(3):
        for question in QUESTIONS:
            reader.timed(question, tenant.account, _period(number, MONTH))
            question.ask(unready, tenant.account, _period(number, MONTH))
        database.execute(_A_CUSTOMER_WRITES.encode(), terms)
        snapshot = sync_lake(storage, writer).snapshot
        began = monotonic()
        _until(lambda newest=snapshot: reader.sees(newest))  # type: ignore[misc]
        waited.append(monotonic() - began)
        ready.extend(
            reader.timed(question, tenant.account, _period(number + 3, MONTH))[0]
            for question in QUESTIONS
        )
        for question in QUESTIONS:
            start = perf_counter()
            question.ask(unready, tenant.account, _period(number + 3, MONTH))
            unasked.append((perf_counter() - start) * 1000)
    unready.close()
    details[f"{tenant.name}_new_snapshot_seen_after_ms"] = median(waited) * 1000
    for name, found in (("first_after_sync", ready), ("first_after_sync_unready", unasked)):
        details[f"{tenant.name}_{name}_ms"] = median(found)
        details[f"{tenant.name}_{name}_p95_ms"] = _p95(found)


def _period(number: int, over: int | None) -> Period:
    today = datetime.now(UTC).date()
    return varied(number, over, today - timedelta(days=AGO), today)


def _p95(found: list[float]) -> float:
    return quantiles(found, n=20)[-1] if len(found) > 2 else max(found)


def _until(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    end = monotonic() + seconds
    while not condition() and monotonic() < end:
        sleep(0.01)


def _print(times: list[Times], details: dict[str, float]) -> None:
    table = Table("tenant", "over", "report", box=None, header_style="bold")
    for name in ("ours p50", "p95", "Postgres p50", "p95", "ratio"):
        table.add_column(name, justify="right")
    for one in times:
        figures = (median(one.ours), _p95(one.ours), median(one.postgres), _p95(one.postgres))
        table.add_row(
            one.tenant,
            one.over,
            one.report,
            *(f"{figure:,.2f}" for figure in figures),
            f"{one.ratio:.2f}",
        )
    console = Console(width=110)
    console.print(table)
    for name, value in details.items():
        console.print(f"{name} {value:,.1f}", highlight=False)
