"""A table as the bytes of a file: CSV that a spreadsheet may open, or Parquet that says what it is."""

import io
from typing import Any

import msgspec
import polars as pl

from desk.rules.spreadsheet import FORMULA
from desk.words.exports import ExportFormat


def write(frame: pl.DataFrame, to: ExportFormat, about: dict[str, Any]) -> bytes:
    """The file's content; `about` goes into Parquet's own metadata."""
    match to:
        case ExportFormat.CSV:
            return _csv(frame)
        case ExportFormat.PARQUET:
            return _parquet(frame, about)


def _csv(frame: pl.DataFrame) -> bytes:
    """Plain UTF-8 with the API's digits; a text that looks like a formula begins with `'`."""
    text = pl.col(pl.String)
    harmless = frame.with_columns(
        pl.when(text.str.contains(FORMULA)).then(pl.lit("'") + text).otherwise(text).name.keep()
    )
    return harmless.write_csv().encode()


def _parquet(frame: pl.DataFrame, about: dict[str, Any]) -> bytes:
    buffer = io.BytesIO()
    said = {
        f"streamdesk.{name}": value
        if isinstance(value, str)
        else msgspec.json.encode(value).decode()
        for name, value in about.items()
    }
    frame.write_parquet(buffer, metadata=said)
    return buffer.getvalue()
