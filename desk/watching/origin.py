"""Where a trace begins: a change of one account at one instant, from which its ids follow."""

from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Origin(NamedTuple):
    """An account and an instant, as they stand in rows of the log, the journal and the jobs.

    Whoever holds such a row knows the trace that it belongs to; nothing has to be carried along.
    """

    account_id: int
    at: datetime

    @property
    def trace_id(self) -> int:
        return self._number("trace", 16)

    @property
    def span_id(self) -> int:
        """The trace's first span: the request, or the change itself where there was none."""
        return self._number("root", 8)

    @property
    def traceparent(self) -> bytes:
        """The W3C header for those who read our topics without our code."""
        return f"00-{self.trace_id:032x}-{self.span_id:016x}-01".encode()

    def _number(self, what: str, size: int) -> int:
        micros = (self.at - _EPOCH) // _MICROSECOND
        text = f"{what}:{int(self.account_id)}:{micros}".encode()
        return int.from_bytes(blake2b(text, digest_size=size).digest(), "big") or 1
