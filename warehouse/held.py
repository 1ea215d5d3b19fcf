"""One account's tables in the memory of the process, carried on while nothing in them changes."""

import re
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from time import monotonic
from typing import Any

import duckdb
from msgspec import Struct, json

MOST_ROWS = 150_000
"""What an account has more of in a table of facts is asked of the lake each time."""

MOST_BYTES = 144_000_000
"""How much is held of all accounts; what was asked for least recently goes first."""

DROPPED_AFTER = 20.0
"""Seconds for which a table that nobody is given any more stays for those who read it."""

_CATALOGUE = "__ducklake_metadata_lake"
_TABLE_OF_CHANGE = re.compile(r"\w+:(\d+)")

Cursor = Callable[[], duckdb.DuckDBPyConnection]
Key = tuple[str, int]

Change = tuple[frozenset[int], frozenset[int] | None]
"""The tables that a snapshot changed, and whose rows if it says so."""


class Copy(Struct):
    """An account's rows of one table, the same from one snapshot to another."""

    name: str
    bytes: int
    first: int
    last: int


class Held:
    """Copies of small accounts' tables by snapshot; what is too large is named as it lies."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._lock = threading.Lock()
        self._copies: OrderedDict[str, tuple[Key, Copy]] = OrderedDict()
        self._newest: dict[Key, Copy] = {}
        self._too_large: set[Key] = set()
        self._changes: dict[tuple[int, int], list[Change]] = {}
        self._leaving: deque[tuple[float, str]] = deque()
        self._number = 0

    def table(self, label: str, account: int, snapshot: int) -> str:
        """What to select from for one account's rows of `facts.message`, `raw.inboxes` and so on.

        Rows of other accounts may be among them.
        """
        key = (label, account)
        if key in self._too_large:
            return _in_the_lake(label, snapshot)
        with self._lock:
            return self._copy_of(key, snapshot) or _in_the_lake(label, snapshot)

    def forget(self) -> None:
        """The connection and with it the copies are gone."""
        with self._lock:
            self._copies.clear()
            self._newest.clear()
            self._changes.clear()
            self._leaving.clear()

    def _copy_of(self, key: Key, snapshot: int) -> str | None:
        for name, (of, copy) in reversed(self._copies.items()):
            if of == key and copy.first <= snapshot <= copy.last:
                self._copies.move_to_end(name)
                return name
        before = self._newest.get(key)
        if before is not None and before.last < snapshot and self._is_same(key, before, snapshot):
            before.last = snapshot
            self._copies.move_to_end(before.name)
            return before.name
        return self._take(key, snapshot)

    def _take(self, key: Key, snapshot: int) -> str | None:
        label, account = key
        self._number += 1
        name = f"memory.main.{label.replace('.', '_')}_{account}_{self._number}"
        before_it = self._bytes()
        ((rows,),) = (
            self._cursor()
            .execute(
                f"create table {name} as select * from {_in_the_lake(label, snapshot)} "
                f"where account_id = {account} limit {MOST_ROWS + 1}"
            )
            .fetchall()
        )
        if rows > MOST_ROWS:
            self._cursor().execute(f"drop table {name}")
            self._too_large.add(key)
            return None
        copy = Copy(name, self._bytes() - before_it, snapshot, snapshot)
        self._copies[name] = (key, copy)
        before = self._newest.get(key)
        if before is None or before.last < snapshot:
            self._newest[key] = copy
            if before is not None:
                del self._copies[before.name]
                self._leaving.append((monotonic(), before.name))
        self._make_room()
        return name

    def _make_room(self) -> None:
        held = sum(copy.bytes for _, copy in self._copies.values())
        while held > MOST_BYTES and len(self._copies) > 1:
            name, (key, copy) = self._copies.popitem(last=False)
            held -= copy.bytes
            if self._newest.get(key) is copy:
                del self._newest[key]
            self._leaving.append((monotonic(), name))
        while self._leaving and self._leaving[0][0] < monotonic() - DROPPED_AFTER:
            _, name = self._leaving.popleft()
            self._cursor().execute(f"drop table {name}")

    def _bytes(self) -> int:
        row = (
            self._cursor()
            .execute(
                "select memory_usage_bytes + temporary_storage_bytes from duckdb_memory() "
                "where tag = 'IN_MEMORY_TABLE'"
            )
            .fetchone()
        )
        return int(row[0]) if row else 0

    def _is_same(self, key: Key, copy: Copy, snapshot: int) -> bool:
        """Did nothing since the copy's last snapshot touch this account's rows of the table?"""
        label, account = key
        span = (copy.last, snapshot)
        changes = self._changes.get(span)
        if changes is None:
            if len(self._changes) > 100:
                self._changes.clear()
            changes = self._changes[span] = self._changes_between(*span)
        touching = [
            tables for tables, accounts in changes if accounts is None or account in accounts
        ]
        if not touching:
            return True
        # Also those of its predecessors: a table made anew has another number.
        numbers = self._numbers_of(label)
        return not any(numbers & tables for tables in touching)

    def _changes_between(self, first: int, last: int) -> list[Change]:
        """What each snapshot changed after the first one, up to and with the last."""
        rows = self._asked(
            "select changes_made, commit_extra_info from ducklake_snapshot_changes "
            f"where snapshot_id > {first} and snapshot_id <= {last}"
        )
        found: list[Change] = []
        for made, extra in rows:
            tables = frozenset(int(number) for number in _TABLE_OF_CHANGE.findall(made or ""))
            accounts = frozenset(json.decode(extra, type=list[int])) if extra else None
            found.append((tables, accounts))
        if len(found) != last - first:
            # A snapshot that was let go says nothing any more.
            found.append((frozenset(self._all_tables()), None))
        return found

    def _numbers_of(self, label: str) -> frozenset[int]:
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


def _in_the_lake(label: str, snapshot: int) -> str:
    return f"lake.{label} at (version => {int(snapshot)})"
