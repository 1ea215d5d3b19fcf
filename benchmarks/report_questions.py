"""The reports' questions, each beside SQL for Postgres, and what the two answers have in common."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from math import isclose
from typing import Any, TypeVar

import msgspec
import psycopg

from desk.words.ids import AccountId
from warehouse.chatwoot.by_subject import by_subject
from warehouse.chatwoot.numbers import IN_SUMMARY, Name, series, totals
from warehouse.chatwoot.scope import Kind, Scope
from warehouse.chatwoot.window import Every as Buckets
from warehouse.chatwoot.window import Window
from warehouse.distribution import distribution
from warehouse.lake import Lake
from warehouse.metrics.dimensions import HOUR, INBOX, WEEKDAY
from warehouse.metrics.responsiveness import FIRST_RESPONSE
from warehouse.metrics.satisfaction import CSAT
from warehouse.metrics.workload import CONVERSATIONS_STARTED, CUSTOMER_MESSAGES
from warehouse.period import Every, Period
from warehouse.report import measure
from warehouse.standard_reports import agent_performance, conversation_trends

INDEX = "messages (account_id, created_at, message_type)"
"""Chatwoot has it for its reports; without it Postgres would read all of an account's messages."""

_EDGES = (3600, 14400, 28800, 86400)

_WITHIN = "account_id = %(account)s and {0} >= %(since)s and {0} < %(until)s"
_BEGAN = _WITHIN.format("created_at")

_TREND = (
    f"select created_at::date as day, count(*) as n from conversations where {_BEGAN} group by 1"
)
_FILLED = """
with found as ({0}) select days.day::date, {1} from generate_series(
    %(since)s::timestamptz, %(until)s::timestamptz - interval '1 day', '1 day') as days (day)
left join found on found.day = days.day::date"""
_BY_INBOX = f"select inbox_id, count(*) from conversations where {_BEGAN} group by 1"
_BY_AGENT = (
    "select assignee_id, count(*) from conversations "
    f"where {_BEGAN} and assignee_id is not null group by 1"
)
_BY_LABEL = (
    "select label, count(*) from conversations, unnest(label_ids) as label "
    f"where {_BEGAN} group by 1"
)
_IN_AND_OUT = f"""
select message_type, count(*) from messages
where {_BEGAN} and message_type in (0, 1) group by 1"""
_BY_DAY = f"""
select created_at::date as day, count(*) as n from messages
where {_BEGAN} and message_type = 0 group by 1"""
_HEAT = f"""
select extract(isodow from created_at)::int, extract(hour from created_at)::int, count(*)
from messages where {_BEGAN} and message_type = 0 group by 1, 2"""
_CSAT = f"""
select answered_at::date as day, count(*) as n, count(*) filter (where rating >= 4) as good
from csat_surveys
where {_WITHIN.format("answered_at")} group by 1"""
_RATED = f"""
select agent_id, count(*), count(*) filter (where rating >= 4)::float8 / count(*)
from csat_surveys where {_WITHIN.format("answered_at")} and agent_id is not null group by 1"""
_FIRST = """
from messages m
join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
  and c.first_reply_created_at = m.created_at
where m.account_id = %(account)s and m.created_at >= %(since)s and m.created_at < %(until)s
  and m.message_type = 1 and not m.private"""
_SECONDS = "extract(epoch from m.created_at - c.created_at)::float8"
_ANSWERED = f"""
select m.sender_id, count(*), avg({_SECONDS}),
       percentile_cont(0.5) within group (order by {_SECONDS}),
       percentile_cont(0.9) within group (order by {_SECONDS}) {_FIRST} group by 1"""
_SPREAD = f"""
select width_bucket({_SECONDS}, array{list(_EDGES)}::float8[]), count(*) {_FIRST} group by 1"""

_WHOLE = "avg(floor(extract(epoch from m.created_at)) - floor(extract(epoch from c.created_at)))"
_ANSWERED_BY = f"select m.sender_id, {_WHOLE}::float8 {_FIRST} group by 1"
_ANSWERED_UNDER = f"""
select label, {_WHOLE}::float8
from conversations c join messages m on m.account_id = c.account_id and m.conversation_id = c.id
  and c.first_reply_created_at = m.created_at and m.message_type = 1 and not m.private,
  unnest(c.label_ids) as label
where c.account_id = %(account)s and c.created_at >= %(since)s and c.created_at < %(until)s
group by 1"""

T = TypeVar("T")
Rows = list[tuple[Any, ...]]


class Question(msgspec.Struct, frozen=True):
    """One report, and the same asked of Postgres."""

    name: str
    says: str
    ask: Callable[[Lake, AccountId, Period], Any]
    sql: tuple[str, ...]
    ours: Callable[[Any], object]
    """The part of the answer that Postgres gives too."""
    theirs: Callable[[list[Rows]], object]

    def of_postgres(
        self, database: psycopg.Connection[Any], account: AccountId, period: Period
    ) -> list[Rows]:
        """Its rows, one list for every statement."""
        terms = {"account": int(account), **_instants(period)}
        found: list[Rows] = []
        for sql in self.sql:
            before = "before" in sql
            text = sql.replace("{before}", "")
            found.append(
                database.execute(text.encode(), _earlier(terms) if before else terms).fetchall()
            )
        return found


def _instants(period: Period) -> dict[str, datetime]:
    return {"since": _midnight(period.start), "until": _midnight(period.end)}


def _earlier(terms: Mapping[str, Any]) -> dict[str, Any]:
    length = terms["until"] - terms["since"]
    return {**terms, "since": terms["since"] - length, "until": terms["since"]}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def window_of(period: Period) -> Window:
    """The same days as instants; the accounts of a seeded desk live in UTC."""
    return Window(_midnight(period.start), _midnight(period.end))


def _dictionary(rows: Iterable[tuple[Any, ...]]) -> dict[Any, Any]:
    return {row[0]: row[1] if len(row) == 2 else tuple(row[1:]) for row in rows}


def agree(one: Any, other: Any) -> bool:
    """Are two answers the same? Postgres adds floats up in another order: to 10 µs is equal."""
    if isinstance(one, float) and isinstance(other, float):
        return isclose(one, other, rel_tol=1e-12, abs_tol=1e-5)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(agree(one[key], other[key]) for key in one)
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(agree, one, other))
    return bool(one == other)


def _by_first(rows: Iterable[tuple[Any, ...]]) -> dict[Any, Any]:
    return {row[0]: tuple(row[1:]) for row in rows}


def _of_agents(report: Any) -> object:
    rows = report.data({})
    answered = (
        "agent_id",
        "first_response_n",
        "average_first_response_time",
        "median_first_response_time",
        "p90_first_response_time",
    )
    rated = ("agent_id", "csat_n", "csat_score")
    return (
        _by_first(tuple(row[name] for name in answered) for row in rows if row[answered[1]]),
        _by_first(tuple(row[name] for name in rated) for row in rows if row["csat_n"]),
    )


def _of_subjects(found: Any) -> object:
    return (
        {subject: row.conversations for subject, row in found.items() if row.conversations},
        _by_first(
            (subject, row.first_response_time)
            for subject, row in found.items()
            if row.first_response_time is not None
        ),
    )


def _of_summary(found: Any) -> object:
    names = (Name.CONVERSATIONS, Name.INCOMING, Name.OUTGOING)
    return [[found[side][name] for name in names] for side in ("current", "previous")]


def _summed(found: list[Rows]) -> object:
    began, said, began_before, said_before = found

    def of(rows: Rows, more: Rows) -> list[int]:
        kinds: dict[int, int] = dict(more)
        return [sum(n for _, n in rows), kinds.get(0, 0), kinds.get(1, 0)]

    return [of(began, said), of(began_before, said_before)]


QUESTIONS = (
    Question(
        "trend",
        "conversations by day",
        lambda lake, account, period: conversation_trends(lake, account, period).data(),
        (_FILLED.format(_TREND, "coalesce(n, 0)"),),
        lambda found: {
            date.fromisoformat(day): n for day, n in found["daily_conversations"].items()
        },
        lambda found: _dictionary(found[0]),
    ),
    Question(
        "agents",
        "agent performance; Postgres only first responses and ratings of it",
        agent_performance,
        (_ANSWERED, _RATED),
        _of_agents,
        lambda found: (_by_first(found[0]), _by_first(found[1])),
    ),
    Question(
        "spread",
        "distribution of first responses",
        lambda lake, account, period: distribution(lake, account, FIRST_RESPONSE, period, _EDGES),
        (_SPREAD,),
        lambda found: {band: n for band, n in found.rows() if n},
        lambda found: _dictionary(found[0]),
    ),
    Question(
        "heat_map",
        "customer messages by weekday and hour",
        lambda lake, account, period: measure(
            lake, account, CUSTOMER_MESSAGES, period, by=(WEEKDAY, HOUR)
        ),
        (_HEAT,),
        lambda found: {(day, hour): n for day, hour, n in found.rows()},
        lambda found: {(day, hour): n for day, hour, n in found[0]},
    ),
    Question(
        "inboxes",
        "conversations by inbox",
        lambda lake, account, period: measure(
            lake, account, CONVERSATIONS_STARTED, period, by=(INBOX,)
        ),
        (_BY_INBOX,),
        lambda found: _dictionary(found.rows()),
        lambda found: _dictionary(found[0]),
    ),
    Question(
        "csat",
        "ratings by day",
        lambda lake, account, period: measure(lake, account, CSAT, period, every=Every.DAY),
        (_FILLED.format(_CSAT, "coalesce(n, 0), coalesce(good, 0)"),),
        lambda found: {day: (n, good) for day, n, good, _ in found.rows()},
        lambda found: _dictionary(found[0]),
    ),
    Question(
        "chatwoot_summary",
        "Chatwoot's summary, two periods; Postgres only the counts of it",
        lambda lake, account, period: totals(lake, Scope(account), IN_SUMMARY, window_of(period)),
        (_TREND, _IN_AND_OUT, f"{_TREND} {{before}}", f"{_IN_AND_OUT} {{before}}"),
        _of_summary,
        _summed,
    ),
    Question(
        "chatwoot_messages",
        "Chatwoot's incoming messages by day",
        lambda lake, account, period: series(
            lake, Scope(account), Name.INCOMING, window_of(period), Buckets.DAY, UTC
        ),
        (_FILLED.format(_BY_DAY, "coalesce(n, 0)"),),
        lambda found: {one.start.date(): one.n for one in found},
        lambda found: _dictionary(found[0]),
    ),
    Question(
        "chatwoot_agents",
        "Chatwoot's agents; Postgres only conversations and first responses",
        lambda lake, account, period: by_subject(lake, account, Kind.AGENT, window_of(period)),
        (_BY_AGENT, _ANSWERED_BY),
        _of_subjects,
        lambda found: (_dictionary(found[0]), _by_first(found[1])),
    ),
    Question(
        "chatwoot_labels",
        "Chatwoot's labels; Postgres only conversations and first responses",
        lambda lake, account, period: by_subject(lake, account, Kind.LABEL, window_of(period)),
        (_BY_LABEL, _ANSWERED_UNDER),
        _of_subjects,
        lambda found: (_dictionary(found[0]), _by_first(found[1])),
    ),
)


def varied(number: int, days: int | None, first: date, last: date) -> Period:
    """Another period every time: so many days, or all there are but for a few of the first."""
    if days is None:
        return Period(first - timedelta(days=number), last + timedelta(days=1))
    end = last + timedelta(days=1) - timedelta(days=number % 7)
    return Period(end - timedelta(days=days - number // 7 % 3), end)
