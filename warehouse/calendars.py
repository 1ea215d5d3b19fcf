"""Time zones and opening hours as small temporary tables that the models join."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb
import msgspec

from desk.events.administration import OpeningHours
from desk.rules.business_hours import Calendar, CalendarVersion, Interval, open_intervals
from warehouse.literals import numbers

MICROSECOND = timedelta(microseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_week = msgspec.json.Decoder(tuple[OpeningHours, ...])

Connection = duckdb.DuckDBPyConnection


def load_time_tables(
    connection: Connection, versions: "Versions", begin: datetime, end: datetime
) -> None:
    """Make `zone_offsets` and `opening_hours` for the accounts in scope between two instants."""
    begin, end = whole_years(begin, end)
    _load_zone_offsets(connection, begin, end)
    _load_opening_hours(connection, versions, begin, end)


def whole_years(begin: datetime, end: datetime) -> tuple[datetime, datetime]:
    """More than was asked for, so that answers can be remembered from one sync to the next."""
    return (
        datetime(begin.astimezone(UTC).year, 1, 1, tzinfo=UTC) - timedelta(days=1),
        datetime(end.astimezone(UTC).year + 1, 1, 1, tzinfo=UTC) + timedelta(days=1),
    )


def _load_zone_offsets(connection: Connection, begin: datetime, end: datetime) -> None:
    accounts: list[int] = []
    since: list[int] = []
    seconds: list[int] = []
    for account, name in connection.execute(
        "select id, time_zone from known_accounts where id in (select account_id from scope)"
    ).fetchall():
        for change, offset in offset_changes(name, begin, end):
            accounts.append(account)
            since.append(microseconds(change))
            seconds.append(offset)
    connection.execute(
        "create or replace temp table zone_offsets as "
        f"select *, {until('account_id')} "
        f"from (select unnest({numbers(accounts)}) as account_id, "
        f"make_timestamptz(unnest({numbers(since)})) as since, "
        f"unnest({numbers(seconds)}) as seconds)"
    )


def until(owner: str) -> str:
    """A column that says when what holds since `since` no longer does.

    There are few such stretches to an owner: to look at each costs less than to sort the facts.
    """
    return (
        "lead(since, 1, timestamptz 'infinity') over "
        f"(partition by {owner} order by since) as until"
    )


def _load_opening_hours(
    connection: Connection, versions: "Versions", begin: datetime, end: datetime
) -> None:
    accounts: list[int] = []
    inboxes: list[int] = []
    opens: list[int] = []
    lengths: list[int] = []
    for account, inbox in connection.execute(
        "select account_id, id from known_inboxes "
        "where account_id in (select account_id from scope)"
    ).fetchall():
        held = tuple(version for _, version in versions.get((account, inbox), ()))
        for interval in _remembered(held, begin, end):
            accounts.append(account)
            inboxes.append(inbox)
            opens.append(microseconds(interval.opens))
            lengths.append(interval.length // MICROSECOND)
    connection.execute(
        f"""
        create or replace temp table opening_hours as
        select *, coalesce(sum(length) over (
                      partition by account_id, inbox_id order by opens
                      rows between unbounded preceding and 1 preceding), 0)::bigint as before
        from (select unnest({numbers(accounts)}) as account_id,
                     unnest({numbers(inboxes)}) as inbox_id,
                     unnest({numbers(opens)}) as opens,
                     unnest({numbers(lengths)}) as length)"""
    )


Numbered = tuple[int, CalendarVersion]
"""A calendar with the id of the event that told of it."""

Versions = Mapping[tuple[int, int], Sequence[Numbered]]
"""The calendars of every inbox of an account that ever had one."""


def calendar_versions(connection: Connection) -> Versions:
    """The calendars of the accounts in scope, in the order in which they were told."""
    versions: dict[tuple[int, int], list[Numbered]] = defaultdict(list)
    for account, inbox, event_id, since, enabled, zone, week in connection.execute(
        "select account_id, inbox_id, event_id, since, enabled, time_zone, week "
        "from known_calendars where account_id in (select account_id from scope) "
        "order by event_id"
    ).fetchall():
        calendar = Calendar(enabled, _known(zone), _week.decode(week))
        versions[account, inbox].append((event_id, CalendarVersion(since, calendar)))
    return versions


@lru_cache(maxsize=512)
def _remembered(
    versions: tuple[CalendarVersion, ...], begin: datetime, end: datetime
) -> Sequence[Interval]:
    return open_intervals(versions, begin, end)


@lru_cache(maxsize=512)
def offset_changes(name: str, begin: datetime, end: datetime) -> list[tuple[datetime, int]]:
    """The offsets from UTC that a zone has between two instants, each with its first instant."""
    zone = ZoneInfo(_known(name))
    changes = [(begin, _offset(zone, begin))]
    at = begin
    while at < end:
        following = min(at + timedelta(days=7), end)
        while _offset(zone, following) != changes[-1][1]:
            low, high = at, following
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
                if _offset(zone, middle) == changes[-1][1]:
                    low = middle
                else:
                    high = middle
            changes.append((high, _offset(zone, high)))
            at = high
        at = following
    return changes


def _offset(zone: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def _known(name: str) -> str:
    """A zone this machine knows; one account's misspelt zone must not stop everybody's numbers."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"
    return name


def microseconds(at: datetime) -> int:
    """An instant as DuckDB counts it."""
    since = at - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
