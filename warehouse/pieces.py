"""The tables that a copy of an account's rows is made of, and how to select from them."""

from collections.abc import Sequence

from msgspec import Struct

from warehouse.literals import literal

UNASKED = (
    "event_id",
    "begin_event_id",
    "end_event_id",
    "calendar_id",
    "message_id",
    "contact_id",
    "survey_id",
    "waiting_since",
    "last_activity_at",
    "first_reply_created_at",
    "priority",
    "lc_xid",
)
"""Columns that no report reads: they would double what a copy takes."""

_UNDATED = ("raw.inboxes", "raw.account_users", "raw.labels", "raw.teams")
_COLUMN = {"raw.conversations": "created_at::date"}


class Piece(Struct, frozen=True):
    """One table, of which some days may have been replaced since."""

    table: str
    rows: int
    holes: frozenset[object] = frozenset()

    def without(self, days: frozenset[object]) -> "Piece":
        """The same with more days left out."""
        return Piece(self.table, self.rows, self.holes | days)


def dated_by(label: str) -> str | None:
    """The day by which a table's changes are told; none where it is copied whole."""
    return None if label in _UNDATED else _COLUMN.get(label, "day")


def rows_from(pieces: Sequence[Piece], dated: str | None) -> str:
    """What to select from for all pieces together."""
    if len(pieces) == 1 and not pieces[0].holes:
        return pieces[0].table
    parts = (
        f"select * from {piece.table}"
        + (
            f" where {dated} not in ({', '.join(literal(day) for day in sorted(piece.holes, key=str))})"
            if piece.holes
            else ""
        )
        for piece in pieces
    )
    return f"({' union all '.join(parts)})"


def select_from(source: str, how: str = "") -> str:
    """The columns that reports read."""
    left_out = ", ".join(f"'{name}'" for name in UNASKED)
    return f"select columns(lambda c: c not in ({left_out})) from {source} {how}"
