"""Accounts' tables in the memory of the process, carried on by the days that changed."""

import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from time import monotonic, sleep

import duckdb
from msgspec import Struct

from warehouse.changes import Changes
from warehouse.literals import literal
from warehouse.pieces import Piece, dated_by, rows_from, select_from

MOST_ROWS = 150_000
"""A table of which an account has more is not copied while somebody waits for it."""

MOST_BYTES = 300_000_000
"""How much is held of all accounts; what was asked for least recently goes first."""

DROPPED_AFTER = 20.0
"""Seconds for which a table that nobody is given any more stays for those who read it."""

FEW_ROWS = 20_000
"""A copy of up to so many rows is made whole again after each change."""

MOST_PIECES = 6
"""A larger copy is put together again when changes have left it in more pieces than this."""

A_ROW = 100
"""About how many bytes a row takes until it is pressed together."""

A_ROW_PRESSED = (8, 40)
"""And after that at least and at most."""

PRESSED_WITHIN = 100
"""So often it is tried."""

Cursor = Callable[[], duckdb.DuckDBPyConnection]
Key = tuple[str, int]


class Copy(Struct):
    """An account's rows of one table, the same from one snapshot to another."""

    key: Key
    source: str
    pieces: tuple[Piece, ...]
    first: int
    last: int
    bytes: int

    @property
    def rows(self) -> int:
        return sum(piece.rows for piece in self.pieces)


class Held:
    """Copies of accounts' tables by snapshot; what is not held is named as it lies in the lake."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._lock = threading.Lock()
        self._copying: dict[Key, threading.Lock] = {}
        self._copies: OrderedDict[str, Copy] = OrderedDict()
        self._newest: dict[Key, Copy] = {}
        self._too_large: set[Key] = set()
        self._changes = Changes(cursor)
        self._used: Counter[str] = Counter()
        self._leaving: deque[tuple[float, str]] = deque()
        self._number = 0

    def table(self, label: str, account: int, snapshot: int) -> str:
        """What to select from for one account's rows of `facts.message`, `raw.inboxes` and so on.

        It names the same rows for ever. Rows of other accounts may be among them.
        """
        key = (label, account)
        with self._lock:
            found = self._known(key, snapshot)
            if found is not None:
                return found.source
            one_at_a_time = self._copying.setdefault(key, threading.Lock())
        with one_at_a_time:
            return self._brought(key, snapshot)

    def rows(self, source: str) -> int | None:
        """How many rows there are about, if they are held."""
        copy = self._copies.get(source)
        return None if copy is None else copy.rows

    def carry_on(self, account: int, snapshot: int) -> None:
        """Bring all that is held of an account to a snapshot, before anybody asks."""
        with self._lock:
            keys = [key for key in self._newest if key[1] == account]
        for label, _ in keys:
            self.table(label, account, snapshot)

    def too_large(self) -> list[Key]:
        """What was asked for, is not held, and takes long to copy."""
        with self._lock:
            return [key for key in self._too_large if key not in self._newest]

    def take_large(self, key: Key, snapshot: int) -> None:
        """Copy a large table part by part, each pressed together before the next."""
        label, account = key
        name = self._new_name(key)
        table = f"{_in_the_lake(label, snapshot)} where account_id = {account}"
        months = self._months(label, table)
        total, before = 0, self.bytes()
        for number, within in enumerate(months):
            # In order, so that of a month no more is read than lies together.
            query = select_from(f"{table} and {within}", f"order by {dated_by(label) or 'all'}")
            into = f"create table {name} as" if number == 0 else f"insert into {name}"
            total += self._count(f"{into} {query}")
            self._press()
        # Others come and go meanwhile.
        least, most = (total * bytes_of_a_row for bytes_of_a_row in A_ROW_PRESSED)
        size = min(max(self.bytes() - before, least), most)
        with self._lock:
            self._keep(key, (Piece(name, total),), snapshot, size)

    def bytes(self) -> int:
        """How much memory and disk the copies take."""
        return self._count(
            "select sum(memory_usage_bytes + temporary_storage_bytes)::bigint "
            "from duckdb_memory() where tag = 'IN_MEMORY_TABLE'"
        )

    def forget(self) -> None:
        """The connection and with it the copies are gone."""
        with self._lock:
            self._copies.clear()
            self._newest.clear()
            self._too_large.clear()
            self._changes.forget()
            self._used.clear()
            self._leaving.clear()

    def _known(self, key: Key, snapshot: int) -> Copy | None:
        newest = self._newest.get(key)
        if newest is not None and newest.first <= snapshot <= newest.last:
            self._copies.move_to_end(newest.source)
            return newest
        if newest is not None and snapshot < newest.first:
            for source, copy in reversed(self._copies.items()):
                if copy.key == key and copy.first <= snapshot <= copy.last:
                    self._copies.move_to_end(source)
                    return copy
        return None

    def _brought(self, key: Key, snapshot: int) -> str:
        """The copy as of a snapshot, made of an earlier one if that will do."""
        with self._lock:
            found = self._known(key, snapshot)
            before = self._newest.get(key)
        if found is not None:
            return found.source
        label, account = key
        if before is not None and before.last < snapshot:
            days = self._changes.days(
                label, account, before.last, snapshot, dated=dated_by(label) is not None
            )
            if days is not None and not days:
                before.last = snapshot
                return before.source
            if days is not None:
                return self._patched(before, days, snapshot)
        if key in self._too_large:
            if before is not None and before.last < snapshot:
                with self._lock:
                    self._let_go(before)
            return _in_the_lake(label, snapshot)
        return self._taken(key, snapshot)

    def _patched(self, before: Copy, days: frozenset[object], snapshot: int) -> str:
        label, account = before.key
        dated = dated_by(label)
        listed = ", ".join(literal(day) for day in sorted(days, key=str))
        name = self._new_name(before.key)
        fresh = self._count(
            f"create table {name} as "
            + select_from(
                f"{_in_the_lake(label, snapshot)} "
                f"where account_id = {account} and {dated} in ({listed})",
                f"order by {dated}",
            )
        )
        pieces = (*(piece.without(days) for piece in before.pieces), Piece(name, fresh))
        total = sum(piece.rows for piece in pieces)
        if total <= FEW_ROWS or len(pieces) > MOST_PIECES:
            # Where nearly all rows lie stays as it is, until that has too many holes.
            kept = 0 if total <= FEW_ROWS or len(pieces[0].holes) > MOST_PIECES**2 else 1
            pieces = (*pieces[:kept], self._joined(before.key, pieces[kept:]))
        with self._lock:
            copy = self._keep(before.key, pieces, snapshot, before.bytes + fresh * A_ROW)
        return copy.source

    def _joined(self, key: Key, pieces: tuple[Piece, ...]) -> Piece:
        label, _ = key
        name = self._new_name(key)
        source = rows_from(pieces, dated_by(label))
        rows = self._count(f"create table {name} as from {source} order by {dated_by(label)}")
        for piece in pieces:
            if not self._used[piece.table]:
                self._leaving.append((monotonic(), piece.table))
        return Piece(name, rows)

    def _taken(self, key: Key, snapshot: int) -> str:
        label, account = key
        dated = dated_by(label)
        if any(of == account for _, of in self._too_large):
            # Of a large account it is counted first what it has here.
            rows = self._count(
                f"select count(*) from (select 1 from {_in_the_lake(label, snapshot)} "
                f"where account_id = {account} limit {MOST_ROWS + 1})"
            )
            if rows > MOST_ROWS:
                return self._is_too_large(key, snapshot)
        name = self._new_name(key)
        rows = self._count(
            f"create table {name} as from ("
            + select_from(
                f"{_in_the_lake(label, snapshot)} where account_id = {account}",
                f"limit {MOST_ROWS + 1}",
            )
            + f") {f'order by {dated}' if dated else ''}"
        )
        if rows > MOST_ROWS:
            self._cursor().execute(f"drop table {name}")
            return self._is_too_large(key, snapshot)
        with self._lock:
            return self._keep(key, (Piece(name, rows),), snapshot, rows * A_ROW).source

    def _is_too_large(self, key: Key, snapshot: int) -> str:
        with self._lock:
            self._too_large.add(key)
        return _in_the_lake(key[0], snapshot)

    def _keep(self, key: Key, pieces: tuple[Piece, ...], snapshot: int, size: int) -> Copy:
        source = rows_from(pieces, dated_by(key[0]))
        copy = Copy(key, source, pieces, snapshot, snapshot, size)
        self._copies[source] = copy
        self._used.update(piece.table for piece in pieces)
        before = self._newest.get(key)
        if before is None or before.last < snapshot:
            self._newest[key] = copy
            if before is not None:
                self._let_go(before)
        self._make_room()
        return copy

    def _let_go(self, copy: Copy) -> None:
        self._copies.pop(copy.source, None)
        if self._newest.get(copy.key) is copy:
            del self._newest[copy.key]
        for piece in copy.pieces:
            self._used[piece.table] -= 1
            if not self._used[piece.table]:
                self._leaving.append((monotonic(), piece.table))

    def _make_room(self) -> None:
        while len(self._copies) > 1 and (
            sum(copy.bytes for copy in self._copies.values()) > MOST_BYTES
        ):
            self._let_go(next(iter(self._copies.values())))
        while self._leaving and self._leaving[0][0] < monotonic() - DROPPED_AFTER:
            _, name = self._leaving.popleft()
            self._used.pop(name, None)
            self._cursor().execute(f"drop table {name}")

    def _months(self, label: str, table: str) -> list[str]:
        """Conditions that cut a large table into parts of a bearable size, by whole months."""
        dated = dated_by(label)
        if dated is None:
            return ["true"]
        months = (
            self._cursor()
            .execute(
                f"select date_trunc('month', {dated})::date as month, count(*) from {table} "
                "group by all order by month"
            )
            .fetchall()
        )
        parts: list[str] = []
        begun, rows = None, 0
        for month, n in months:
            if begun is not None and rows + n > MOST_ROWS * 3:
                parts.append(f"{dated} >= {literal(begun)} and {dated} < {literal(month)}")
                begun, rows = None, 0
            begun, rows = begun or month, rows + n
        return [*parts, f"{dated} >= {literal(begun)}"] if begun else ["true"]

    def _press(self) -> None:
        """Let DuckDB compress what lies in memory; it may not while something is written."""
        for _ in range(PRESSED_WITHIN):
            try:
                self._cursor().execute("checkpoint held")
            except duckdb.TransactionException:
                sleep(0.05)
            else:
                return

    def _count(self, statement: str) -> int:
        row = self._cursor().execute(statement).fetchone()
        return int(row[0]) if row else 0

    def _new_name(self, key: Key) -> str:
        label, account = key
        with self._lock:
            self._number += 1
            return f"held.main.{label.replace('.', '_')}_{account}_{self._number}"


def _in_the_lake(label: str, snapshot: int) -> str:
    return f"lake.{label} at (version => {int(snapshot)})"
