"""The nine metrics of Chatwoot's reports, as totals of two periods or bucket by bucket."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime, tzinfo
from enum import StrEnum
from math import gcd
from typing import NamedTuple

from warehouse.calendars import microseconds
from warehouse.chatwoot.few import ALWAYS, courses
from warehouse.chatwoot.scope import Scope
from warehouse.chatwoot.sources import conversations, events, messages, seconds_column
from warehouse.chatwoot.window import Every, Window
from warehouse.lake import Lake
from warehouse.view import View

_NOT_HANDED_OVER = (
    "conversation_id not in (select conversation_id from {rows} "
    "where name = 'conversation_bot_handoff')"
)


class Name(StrEnum):
    """What can be asked for."""

    CONVERSATIONS = "conversations_count"
    INCOMING = "incoming_messages_count"
    OUTGOING = "outgoing_messages_count"
    FIRST_RESPONSE = "avg_first_response_time"
    RESOLUTION_TIME = "avg_resolution_time"
    REPLY_TIME = "reply_time"
    RESOLUTIONS = "resolutions_count"
    BOT_RESOLUTIONS = "bot_resolutions_count"
    BOT_HANDOFFS = "bot_handoffs_count"


_EVENT_OF = {
    Name.FIRST_RESPONSE: "first_response",
    Name.RESOLUTION_TIME: "conversation_resolved",
    Name.REPLY_TIME: "reply_time",
    Name.RESOLUTIONS: "conversation_resolved",
    Name.BOT_RESOLUTIONS: "conversation_bot_resolved",
    Name.BOT_HANDOFFS: "conversation_bot_handoff",
}
AVERAGES = (Name.FIRST_RESPONSE, Name.RESOLUTION_TIME, Name.REPLY_TIME)

IN_SUMMARY = (
    Name.CONVERSATIONS,
    Name.INCOMING,
    Name.OUTGOING,
    Name.FIRST_RESPONSE,
    Name.RESOLUTION_TIME,
    Name.RESOLUTIONS,
    Name.REPLY_TIME,
)
_FEW = 4
"""So few buckets are told apart row by row; more are looked up once for the rows that lie together."""

OF_BOTS = (Name.BOT_RESOLUTIONS, Name.BOT_HANDOFFS)


class Part(NamedTuple):
    """Rows that are counted, one for each thing that happened."""

    rows: str
    """A query of `what` happened, of `id` where each counts once, of its instant and its value."""
    metric: str
    """The metric's name, by what happened: told of groups, as to tell it of each row costs more."""


class Bucket(NamedTuple):
    """One point of a series."""

    start: datetime
    n: int
    average: float | None


def series(
    lake: Lake,
    scope: Scope,
    name: Name,
    window: Window,
    every: Every,
    zone: tzinfo,
    *,
    business: bool = False,
) -> list[Bucket]:
    """One metric over all buckets of a period."""
    starts = window.buckets(every, zone)
    found = _measured(
        lake, View.newest(lake, scope.account), scope, (name,), window, starts, business=business
    )
    counts = [0] * len(starts)
    averages: list[float | None] = [None] * len(starts)
    for (metric, number), (n, average) in found.items():
        # By a plain word: an enumeration's equality is a function of Python's.
        if metric == name.value:
            counts[number], averages[number] = n, average
    return list(map(Bucket._make, zip(starts, counts, averages, strict=True)))


def totals(
    lake: Lake, scope: Scope, names: Sequence[Name], window: Window, *, business: bool = False
) -> dict[str, dict[str, float | None]]:
    """Each metric in the period (`current`) and in the one before (`previous`)."""
    view = View.newest(lake, scope.account)
    starts = [window.before.since, window.since]
    found: dict[tuple[str, int], tuple[int, float | None]] = {}
    counted = [name for name in names if name not in OF_BOTS]
    if counted:
        both = Window(window.before.since, window.until)
        found |= _measured(lake, view, scope, counted, both, starts, business=business)
    for number, one in enumerate((window.before, window)):
        # Whether a bot handed a conversation over is asked of each period by itself.
        if of_bots := [name for name in names if name in OF_BOTS]:
            bots = _measured(lake, view, scope, of_bots, one, [one.since], business=False)
            found |= {(name, number): value for (name, _), value in bots.items()}

    def of(number: int) -> dict[str, float | None]:
        given = {name: found.get((name, number), (0, None)) for name in names}
        return {name: pair[1] if name in AVERAGES else pair[0] for name, pair in given.items()}

    return {"current": of(1), "previous": of(0)}


def _measured(
    lake: Lake,
    view: View,
    scope: Scope,
    names: Sequence[Name],
    window: Window,
    starts: Sequence[datetime],
    *,
    business: bool,
) -> dict[tuple[str, int], tuple[int, float | None]]:
    """How many and on average how much, by metric and the number of the bucket."""
    if not starts:
        return {}
    measured: dict[tuple[str, int], tuple[int, float | None]] | None = None
    if not set(names) & set(OF_BOTS):
        few = courses(
            view,
            _tables(names),
            lambda: " union all ".join(
                f'select epoch_us("at"), {part.metric}, v from ({part.rows})'
                for part in _parts(view, scope, names, ALWAYS, business=business)
            ),
        )
        measured = None if few is None else few.by_bucket(window, starts)
    if measured is None:
        parts = _parts(view, scope, names, window, business=business)
        measured = _added_up(lake, parts, starts)
    # Two metrics may be of the same events: how many, and on average how much.
    return measured | {
        (name, number): measured[event, number]
        for name, event in _EVENT_OF.items()
        if name in names
        for number in range(len(starts))
        if (event, number) in measured
    }


def _tables(names: Sequence[Name]) -> list[str]:
    """What the metrics are counted from."""
    tables: list[str] = []
    if Name.CONVERSATIONS in names:
        tables.append("raw.conversations")
    if set(names) & {Name.INCOMING, Name.OUTGOING}:
        tables.append("facts.message")
    if set(names) & set(_EVENT_OF):
        tables.append("facts.reporting_event")
    return tables


def _parts(
    view: View, scope: Scope, names: Sequence[Name], window: Window, *, business: bool
) -> list[Part]:
    parts: list[Part] = []
    if Name.CONVERSATIONS in names:
        rows = conversations(scope, window, view)
        parts.append(Part(_rows("0", rows), f"'{Name.CONVERSATIONS}'"))
    said = {Name.INCOMING: 0, Name.OUTGOING: 1}
    if wanted := {name: kind for name, kind in said.items() if name in names}:
        rows = messages(scope, window, view)
        kinds = ", ".join(map(str, wanted.values()))
        parts.append(
            Part(
                _rows("message_type", f"{rows} where message_type in ({kinds})"),
                f"case what when 0 then '{Name.INCOMING}' else '{Name.OUTGOING}' end",
            )
        )
    noted = {name: _EVENT_OF[name] for name in names if name in _EVENT_OF}
    rows = events(scope, window, view) if noted else ""
    if plain := {event for name, event in noted.items() if name not in OF_BOTS}:
        kinds = ", ".join(f"'{event}'" for event in sorted(plain))
        value = seconds_column(business=business)
        parts.append(Part(_rows("name", f"{rows} where name in ({kinds})", value=value), "what"))
    for name in OF_BOTS:
        if name in noted:
            where = f"name = '{noted[name]}'"
            if name is Name.BOT_RESOLUTIONS:
                where += f" and {_NOT_HANDED_OVER.format(rows=rows)}"
            once = "conversation_id" if name is Name.BOT_HANDOFFS else "null"
            parts.append(Part(_rows("0", f"{rows} where {where}", once=once), f"'{name}'"))
    return parts


def _rows(what: str, source: str, *, value: str = "null", once: str = "null") -> str:
    return f'select {what} as what, "at", {once}::bigint as id, {value}::bigint as v from {source}'


def _added_up(
    lake: Lake, parts: Sequence[Part], starts: Sequence[datetime]
) -> dict[tuple[str, int], tuple[int, float | None]]:
    """Put together by the longest stretch that crosses no start, and in buckets here."""
    since = [microseconds(at) for at in starts]
    few = len(since) <= _FEW
    # A day in UTC, an hour across a summer.
    grain = gcd(*since)
    slot = (
        " + ".join(f'("at" >= make_timestamptz({at}))::bigint' for at in since[1:]) or "0"
        if few
        else f'epoch_us("at") // {grain}'
    )
    found = lake.known(
        " union all ".join(
            f"""select {part.metric}, slot, n, valued, value, ids
                from (select what, {slot} as slot, count(*) as n, count(v) as valued,
                             sum(v) as value, list(distinct id) filter (id is not null) as ids
                      from ({part.rows}) group by what, slot)"""
            for part in parts
        )
    )
    cells: dict[tuple[str, int], list[int]] = {}
    handed: dict[int, set[int]] = {}
    for metric, at, n, valued, value, ids in found.rows:
        number = at if few else bisect_right(since, at * grain) - 1
        cell = cells.setdefault((metric, number), [0, 0, 0])
        cell[0] += n
        cell[1] += valued
        cell[2] += value or 0
        if metric == Name.BOT_HANDOFFS:
            # A conversation is handed over once in a bucket.
            handed.setdefault(number, set()).update(ids or ())
            cell[0] = len(handed[number])
    return {
        key: (n, value / valued if valued else None) for key, (n, valued, value) in cells.items()
    }
