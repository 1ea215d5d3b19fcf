"""What can be exported, how, and how far an export is."""

from enum import StrEnum
from typing import Final

from desk.words.errors import Invalid

LONGEST_DAYS: Final = 3 * 366
"""The most days that one report covers."""


class ReportType(StrEnum):
    """The reports that can be had as a file."""

    AGENT_PERFORMANCE = "agent_performance"
    CONVERSATION_TRENDS = "conversation_trends"

    @classmethod
    def named(cls, word: str) -> "ReportType":
        """The report of that name; raises Invalid."""
        try:
            return cls(word)
        except ValueError:
            raise _unknown("report_type", word, cls) from None


class ExportFormat(StrEnum):
    """What a file is written in: text for everybody, or typed columns."""

    CSV = "csv"
    PARQUET = "parquet"

    @classmethod
    def named(cls, word: str) -> "ExportFormat":
        """The format of that name; raises Invalid."""
        try:
            return cls(word)
        except ValueError:
            raise _unknown("format", word, cls) from None


class Covered(StrEnum):
    """The days a scheduled export covers, seen from the day on which it is due."""

    PREVIOUS_DAY = "previous_day"
    PREVIOUS_WEEK = "previous_week"
    PREVIOUS_MONTH = "previous_month"

    @classmethod
    def named(cls, word: str) -> "Covered":
        """The period of that name; raises Invalid."""
        try:
            return cls(word)
        except ValueError:
            raise _unknown("period", word, cls) from None


class ExportState(StrEnum):
    """How far an export is; the last two are its ends."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


def _unknown(field: str, word: str, known: type[StrEnum]) -> Invalid:
    expected = ", ".join(one.value for one in known)
    return Invalid(
        f"unknown_{field}", f"{word!r} is no {field}; give one of {expected}.", field=field
    )
