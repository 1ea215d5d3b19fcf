"""Reports as CSV, as Chatwoot words them; a text that looks like a formula begins with `'`."""

import csv
import io
from collections.abc import Iterable, Sequence

from litestar import Response

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNITS = (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))

Cell = str | int | float | None


def csv_file(name: str, rows: Iterable[Sequence[Cell]]) -> Response[bytes]:
    """A CSV to be saved under a name."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return Response(
        out.getvalue().encode(),
        media_type="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def how_long(seconds: float | None) -> str:
    """The two largest units of a duration."""
    if seconds is None or int(seconds) == 0:
        return "N/A"
    rest = int(seconds)
    said = []
    for unit, size in _UNITS:
        n, rest = divmod(rest, size)
        if n:
            said.append(f"{n} {unit}{'' if n == 1 else 's'}")
    return " ".join(said[:2])


def _harmless(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
