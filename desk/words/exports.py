"""What can be exported, how, and how far an export is."""

from enum import StrEnum
from typing import Final, TypeVar

from desk.words.errors import Invalid

LONGEST_DAYS: Final = 3 * 366
"""The most days that one report covers."""


class ReportType(StrEnum):
    """The reports that can be had as a file."""

    AGENT_PERFORMANCE = "agent_performance"
    CONVERSATION_TRENDS = "conversation_trends"


class ExportFormat(StrEnum):
    """What a file is written in: text for everybody, or typed columns."""

    CSV = "csv"
    PARQUET = "parquet"


class Covered(StrEnum):
    """The days a scheduled export covers, seen from the day on which it is due."""

    PREVIOUS_DAY = "previous_day"
    PREVIOUS_WEEK = "previous_week"
    PREVIOUS_MONTH = "previous_month"


class ExportState(StrEnum):
    """How far an export is; the last two are its ends."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


_Word = TypeVar("_Word", bound=StrEnum)


def understood_as(kind: type[_Word], word: str, *, field: str) -> _Word:
    """The word of that kind; raises Invalid naming the field and what it may be."""
    try:
        return kind(word)
    except ValueError:
        expected = ", ".join(one.value for one in kind)
        raise Invalid(
            f"unknown_{field}", f"{word!r} is no {field}; give one of {expected}.", field=field
        ) from None
