"""A record as the broker hands it over: bytes, and whose they are."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

import msgspec

from desk.events.topics import ACCOUNT_HEADER, EPOCH_HEADER, EVENT_HEADER, INBOUND_HEADER
from desk.words.ids import AccountId


class Record(msgspec.Struct, frozen=True):
    """One record of a topic, undecoded."""

    value: bytes | None
    headers: Mapping[str, bytes]

    @property
    def account_id(self) -> AccountId | None:
        number = self._number(ACCOUNT_HEADER)
        return None if number is None else AccountId(number)

    @property
    def inbound_id(self) -> int | None:
        return self._number(INBOUND_HEADER)

    @property
    def event_id(self) -> int | None:
        return self._number(EVENT_HEADER)

    def is_of(self, epoch: UUID) -> bool:
        """Whether it was published in this epoch; records that tell none count as such."""
        return self.headers.get(EPOCH_HEADER, epoch.bytes) == epoch.bytes

    def _number(self, name: str) -> int | None:
        raw = self.headers.get(name, b"")
        return int(raw) if raw.isdigit() else None


Consume = Callable[[Sequence[Record]], Awaitable[None]]
"""Takes a batch; returns when all of it is durable, raises when nothing may be acknowledged."""
