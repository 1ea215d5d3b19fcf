"""Opening hours as Chatwoot counts them, as small temporary tables that the models join.

Chatwoot measures a whole span by the week that is in force when the span ends; an inbox without
hours is never open, and a full day ends a minute before midnight.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import duckdb
from msgspec import structs

from desk.rules.business_hours import Calendar, CalendarVersion, Interval, open_intervals
from warehouse.calendars import MICROSECOND, Versions, microseconds, until, whole_years
from warehouse.literals import numbers

_LAST_MINUTE = 1439
_NO_WEEK = -1

Connection = duckdb.DuckDBPyConnection


def load_weeks_in_force(
    connection: Connection, versions: Versions, begin: datetime, end: datetime
) -> None:
    """Make `weeks_in_force` and `hours_of_week` for the accounts in scope between two instants."""
    begin, end = whole_years(begin, end)
    numbered: dict[Calendar, int] = {}
    accounts: list[int] = []
    inboxes: list[int] = []
    since: list[int] = []
    weeks: list[int] = []
    events: list[int] = []
    for (account, inbox), told in versions.items():
        # Of two changes at one instant the later one holds.
        held = {version.since: (event_id, version.calendar) for event_id, version in told}
        in_force = [
            (microseconds(start), event_id, numbered.setdefault(calendar, len(numbered)))
            for start, (event_id, calendar) in held.items()
        ]
        # The first hours hold before they were set, too; Chatwoot knows of none then.
        _, first = min((version.since, event_id) for event_id, version in told)
        for start, event_id, week in ((0, first, _NO_WEEK), *in_force):
            events.append(event_id)
            accounts.append(account)
            inboxes.append(inbox)
            since.append(start)
            weeks.append(week)
    connection.execute(
        f"""
        create or replace temp table weeks_in_force as
        select *, {until("account_id, inbox_id")}
        from (select unnest({numbers(accounts)}) as account_id,
                     unnest({numbers(inboxes)}) as inbox_id,
                     make_timestamptz(unnest({numbers(since)})) as since,
                     unnest({numbers(events)}) as calendar_id, unnest({numbers(weeks)}) as week)"""
    )
    _load_hours(connection, numbered, begin, end)


def _load_hours(
    connection: Connection, numbered: dict[Calendar, int], begin: datetime, end: datetime
) -> None:
    weeks: list[int] = []
    opens: list[int] = []
    lengths: list[int] = []
    for calendar, week in numbered.items():
        for interval in _open_hours(calendar, begin, end):
            weeks.append(week)
            opens.append(microseconds(interval.opens))
            lengths.append(interval.length // MICROSECOND)
    connection.execute(
        f"""
        create or replace temp table hours_of_week as
        select *, coalesce(sum(length) over (
                      partition by week order by opens
                      rows between unbounded preceding and 1 preceding), 0)::bigint as before
        from (select unnest({numbers(weeks)}) as week, unnest({numbers(opens)}) as opens,
                     unnest({numbers(lengths)}) as length)"""
    )


@lru_cache(maxsize=512)
def _open_hours(calendar: Calendar, begin: datetime, end: datetime) -> Sequence[Interval]:
    if not calendar.enabled:
        return ()
    week = tuple(
        structs.replace(day, closes=min(day.closes, _LAST_MINUTE)) if day.closes else day
        for day in calendar.week
    )
    return open_intervals([CalendarVersion(begin, calendar._replace(week=week))], begin, end)
