"""What each snapshot of the lake changed: which tables, whose rows, and of which days."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
from msgspec import Struct, json

Cursor = Callable[[], duckdb.DuckDBPyConnection]

_CATALOGUE = "__ducklake_metadata_lake"
_TABLE_OF_CHANGE = re.compile(r"\w+:(\d+)")
_MOST_SPANS = 100

Touched = dict[int, list[date] | None]
"""Days by account; none stands for all of them."""

_told = json.Decoder(dict[int, list[date] | None] | list[int])

NOTHING: frozenset[date] = frozenset()


class Change(Struct, frozen=True):
    """One snapshot's."""

    tables: frozenset[int]
    touched: Touched | None
    """Nothing where the snapshot does not say."""


class Changes:
    """What happened between two snapshots, asked of the catalogue once."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._spans: dict[tuple[int, int], list[Change]] = {}
        self._numbers: dict[str, frozenset[int]] = {}

    def days(
        self, label: str, account: int, first: int, last: int, *, dated: bool
    ) -> frozenset[date] | None:
        """The days of which the account's rows differ between two snapshots; none stands for all.

        Rows of a table that is not dated are all of one day, so to speak.
        """
        touching = [
            change
            for change in self._between(first, last)
            if change.touched is None or account in change.touched
        ]
        if not touching:
            return NOTHING
        if any(change.touched is None for change in touching):
            # Tables may have been made anew, with other numbers.
            self._numbers.clear()
        numbers = self._numbers.get(label)
        if numbers is None:
            numbers = self._numbers[label] = self._numbers_of(label)
        found: set[date] = set()
        for change in touching:
            if numbers & change.tables:
                days = None if change.touched is None else change.touched[account]
                if days is None or not dated:
                    return None
                found.update(days)
        return frozenset(found)

    def forget(self) -> None:
        """Ask again."""
        self._spans.clear()
        self._numbers.clear()

    def _between(self, first: int, last: int) -> list[Change]:
        span = (first, last)
        found = self._spans.get(span)
        if found is None:
            if len(self._spans) > _MOST_SPANS:
                self._spans.clear()
            found = self._spans[span] = self._read(first, last)
        return found

    def _read(self, first: int, last: int) -> list[Change]:
        rows = self._asked(
            "select changes_made, commit_extra_info from ducklake_snapshot_changes "
            f"where snapshot_id > {first} and snapshot_id <= {last}"
        )
        found = [
            Change(
                frozenset(int(number) for number in _TABLE_OF_CHANGE.findall(made or "")),
                _touched(extra) if extra else None,
            )
            for made, extra in rows
        ]
        if len(found) != last - first:
            # A snapshot that was let go says nothing any more.
            found.append(Change(frozenset(self._all_tables()), None))
        return found

    def _numbers_of(self, label: str) -> frozenset[int]:
        """Also those of its predecessors."""
        schema, _, table = label.partition(".")
        rows = self._asked(
            "select t.table_id from ducklake_table t join ducklake_schema s using (schema_id) "
            f"where s.schema_name = ''{schema}'' and t.table_name = ''{table}''"
        )
        return frozenset(int(row[0]) for row in rows)

    def _all_tables(self) -> set[int]:
        return {int(row[0]) for row in self._asked("select table_id from ducklake_table")}

    def _asked(self, query: str) -> list[tuple[Any, ...]]:
        return (
            self._cursor()
            .execute(f"select * from postgres_query('{_CATALOGUE}', '{query}')")
            .fetchall()
        )


def _touched(extra: str) -> Touched:
    told = _told.decode(extra)
    return told if isinstance(told, dict) else dict.fromkeys(told)
