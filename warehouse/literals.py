"""Values written into the lake's SQL.

Binding a parameter makes DuckDB's Python client import pandas, numpy and pyarrow: ninety
megabytes in every process that asks the lake anything. So the few kinds of value that are ever
needed are written out here, and nowhere else.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime


def literal(value: object) -> str:
    """The SQL of one value, or of a list of whole numbers or words; else raises TypeError."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(int(value))
        case datetime():
            return f"timestamptz '{value.astimezone(UTC).isoformat()}'"
        case date():
            return f"date '{value.isoformat()}'"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case [str(), *_]:
            return f"[{', '.join(literal(_word(one)) for one in value)}]"
        case list() | tuple():
            return numbers(value)
        case _:
            raise TypeError(f"no literal for {type(value).__name__}")


def numbers(values: Sequence[object]) -> str:
    """A list of whole numbers; as one string, which the parser takes in at once."""
    joined = ",".join(str(_whole(value)) for value in values)
    return f"string_split('{joined}', ',')::bigint[]" if joined else "[]::bigint[]"


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no word: {value!r}")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"no whole number: {value!r}")
    return int(value)
