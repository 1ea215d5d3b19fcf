"""Reports as CSV, as Chatwoot words them; a text that looks like a formula begins with `'`."""

import csv
import io
from collections.abc import Iterable, Sequence

from litestar import Response

from desk.rules.spreadsheet import harmless

_UNITS = (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))

Cell = str | int | float | None


def csv_file(name: str, rows: Iterable[Sequence[Cell]]) -> Response[bytes]:
    """A CSV to be saved under a name."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
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


def _written(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else cell
