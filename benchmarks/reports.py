"""Reports out of the lake, large tenant and small, against the same questions put to Postgres."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from time import perf_counter
from typing import Any

import psycopg

from assets.extract.sync import sync_lake
from benchmarks.lake_full import CONVERSATIONS, a_large_desk
from benchmarks.result import Result, compare
from desk.words.ids import AccountId
from warehouse.chatwoot.by_subject import by_subject
from warehouse.chatwoot.numbers import IN_SUMMARY, Name, series, totals
from warehouse.chatwoot.scope import Kind, Scope
from warehouse.chatwoot.window import Every, Window
from warehouse.distribution import distribution
from warehouse.lake import Lake
from warehouse.metrics.dimensions import HOUR, WEEKDAY
from warehouse.metrics.responsiveness import FIRST_RESPONSE
from warehouse.metrics.workload import CUSTOMER_MESSAGES
from warehouse.period import Period
from warehouse.report import measure
from warehouse.standard_reports import agent_performance, conversation_trends

LARGE, SMALL = AccountId(1), AccountId(6)
DAYS = 80
ROUNDS = 15

_TREND = """
select date_trunc('day', created_at) as day, count(*) from conversations
where account_id = %(account)s and created_at >= %(since)s and created_at < %(until)s group by day"""

_MESSAGES = """
select message_type, count(*) from messages
where account_id = %(account)s and created_at >= %(since)s and created_at < %(until)s
group by message_type"""

_BY_DAY = """
select date_trunc('day', created_at) as day, count(*) from messages
where account_id = %(account)s and created_at >= %(since)s and created_at < %(until)s
  and message_type = 0 group by day"""

_AGENTS = """
select c.assignee_id, count(*),
       avg(extract(epoch from first.at - c.created_at)),
       percentile_cont(0.5) within group (order by extract(epoch from first.at - c.created_at)),
       percentile_cont(0.9) within group (order by extract(epoch from first.at - c.created_at))
from conversations c
join lateral (select min(created_at) as at from messages m
    where m.conversation_id = c.id and m.message_type = 1 and not m.private) first on true
where c.account_id = %(account)s and c.created_at >= %(since)s and c.created_at < %(until)s
group by c.assignee_id"""

_SPREAD = """
select width_bucket(extract(epoch from first.at - c.created_at)::float8,
                    array[3600, 14400, 28800, 86400]::float8[]) as band, count(*)
from conversations c
join lateral (select min(created_at) as at from messages m
    where m.conversation_id = c.id and m.message_type = 1 and not m.private) first on true
where c.account_id = %(account)s and c.created_at >= %(since)s and c.created_at < %(until)s
group by band"""

_HEAT = """
select extract(isodow from created_at), extract(hour from created_at), count(*) from messages
where account_id = %(account)s and created_at >= %(since)s and created_at < %(until)s
  and message_type = 0 group by 1, 2"""

Question = Callable[[], Any]


def run() -> Result:
    """The slowest report's ratio; each report's p95 beside what Postgres takes."""
    with a_large_desk() as (built, storage):
        lake = Lake.writer(storage)
        sync_lake(storage, lake)
        reader = Lake.reader(storage)
        details: dict[str, float] = {}
        ratios: list[tuple[float, float, float]] = []
        for size, account in (("large", LARGE), ("small", SMALL)):
            for name, ours, theirs in _questions(reader, built.database, account):
                mine, postgres = _seconds(ours), _seconds(theirs)
                for who, seconds in (("", mine), ("_postgres", postgres)):
                    details[f"{size}_{name}{who}_ms"] = median(seconds) * 1000
                    details[f"{size}_{name}{who}_p95_ms"] = quantiles(seconds, n=20)[-1] * 1000
                ratios.append((median(mine) / median(postgres), median(mine), median(postgres)))
        reader.close()
        lake.close()
        _, slowest, of_postgres = max(ratios)
        return compare(
            "reports",
            f"the report that does worst of fourteen, for a large and a small tenant of a desk with "
            f"{CONVERSATIONS:,} conversations, over {DAYS} days; the reference is the same "
            "question to Postgres",
            "s",
            ours=slowest,
            reference=of_postgres,
            goal="<= 1",
            details=details,
        )


def _questions(
    lake: Lake, database: psycopg.Connection[Any], account: AccountId
) -> Iterator[tuple[str, Question, Question]]:
    now = datetime.now(UTC)
    window = Window(now - timedelta(days=DAYS), now)
    period = Period.of_days(window.since.date(), now.date())
    terms = {"account": int(account), "since": window.since, "until": window.until}
    scope = Scope(account)

    def postgres(*queries: str) -> Question:
        return lambda: [database.execute(q.encode(), terms).fetchall() for q in queries]

    yield (
        "trend",
        lambda: conversation_trends(lake, account, period),
        postgres(_TREND),
    )
    yield (
        "agents",
        lambda: agent_performance(lake, account, period),
        postgres(_AGENTS),
    )
    yield (
        "response_distribution",
        lambda: distribution(lake, account, FIRST_RESPONSE, period, (3600, 14400, 28800, 86400)),
        postgres(_SPREAD),
    )
    yield (
        "heat_map",
        lambda: measure(lake, account, CUSTOMER_MESSAGES, period, by=(WEEKDAY, HOUR)),
        postgres(_HEAT),
    )
    yield (
        "chatwoot_summary",
        lambda: totals(lake, scope, IN_SUMMARY, window),
        postgres(_TREND, _MESSAGES, _AGENTS),
    )
    yield (
        "chatwoot_messages_by_day",
        lambda: series(lake, scope, Name.INCOMING, window, Every.DAY, UTC),
        postgres(_BY_DAY),
    )
    yield (
        "chatwoot_agents",
        lambda: by_subject(lake, account, Kind.AGENT, window),
        postgres(_AGENTS),
    )


def _seconds(question: Question) -> list[float]:
    question()
    taken: list[float] = []
    for _ in range(ROUNDS):
        started = perf_counter()
        question()
        taken.append(perf_counter() - started)
    return taken
