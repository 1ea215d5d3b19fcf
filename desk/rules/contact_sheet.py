"""A table of contacts as people bring it: a CSV file with a line of headings."""

import csv
import io
import re
from typing import Any

import msgspec

from desk.rules.spreadsheet import as_meant, harmless
from desk.words.errors import Invalid

MOST_ROWS = 50_000
MOST_COLUMNS = 100
LONGEST_CELL = 10_000
FAULT = "errors"
"""The column in which refused rows say why."""

_FIELDS = ("name", "email", "phone_number", "identifier")
_ADDITIONAL = ("company_name", "city", "country", "country_code")
_LEFT_OUT = ("id", "created_at", "last_activity_at", "blocked", FAULT)
"""What the desk itself knows better."""
_BETWEEN_DIGITS = re.compile(r"[\s().\-/]")


class Sheet(msgspec.Struct, frozen=True):
    """The headings, and the rows as they stand."""

    headings: list[str]
    rows: list[list[str]]


class ContactLine(msgspec.Struct, frozen=True):
    """What one row says of a contact."""

    fields: dict[str, Any]
    labels: list[str]


def read_sheet(content: bytes) -> Sheet:
    """The table in a file; raises Invalid when it is none, or too large."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("file_not_utf8", "The file is not UTF-8 text.", field="import_file") from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                rows.append([as_meant(cell.strip()) for cell in row])
            if len(rows) > MOST_ROWS + 1:
                raise Invalid(
                    "file_too_long", f"At most {MOST_ROWS:,} rows at once.", field="import_file"
                )
    except csv.Error:
        raise Invalid("file_not_csv", "The file is no CSV table.", field="import_file") from None
    headings = [_heading(one) for one in rows[0]] if rows else []
    if not set(headings) & set(_FIELDS) or len(headings) > MOST_COLUMNS:
        raise Invalid(
            "headings_missing",
            f"The first line must name columns, among them {', '.join(_FIELDS)}.",
            field="import_file",
        )
    return Sheet(headings, rows[1:])


def contact_line(sheet: Sheet, row: list[str]) -> ContactLine:
    """What a row says; empty cells say nothing. Raises Invalid when it says nothing at all."""
    if any(len(cell) > LONGEST_CELL for cell in row):
        raise Invalid("cell_too_long", f"A cell has at most {LONGEST_CELL:,} characters.")
    said = {name: cell for name, cell in zip(sheet.headings, row, strict=False) if cell}
    fields: dict[str, Any] = {name: said[name] for name in _FIELDS if name in said}
    if not fields:
        raise Invalid("row_is_empty", "The row names nobody.")
    if "phone_number" in fields:
        fields["phone_number"] = _BETWEEN_DIGITS.sub("", fields["phone_number"])
    additional = {name: said[name] for name in _ADDITIONAL if name in said}
    known = {*_FIELDS, *_ADDITIONAL, *_LEFT_OUT, "labels"}
    own = {name: value for name, value in said.items() if name not in known}
    if additional:
        fields["additional_attributes"] = additional
    if own:
        fields["custom_attributes"] = own
    labels = [one.strip().lower() for one in said.get("labels", "").split(",") if one.strip()]
    return ContactLine(fields, labels)


def written(headings: list[str], rows: list[list[str]]) -> bytes:
    """A table as a file that spreadsheets open as it is meant: with the mark of UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([harmless(one) for one in headings])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _heading(text: str) -> str:
    plain = re.sub(r"[\s-]+", "_", text.strip().lower())
    known = {*_FIELDS, *_ADDITIONAL, *_LEFT_OUT, "labels"}
    return plain if plain in known else text.strip()
