"""What the clean-up works in: the desk, its files, and the house rules of deleting."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from desk.settings import Retention
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.ids import AccountId


class House(Struct, frozen=True):
    """An open desk and its file store."""

    desk: Desk
    files: FileStore


class Counted(Struct, frozen=True):
    """How many are to go, by account."""

    stale: Mapping[AccountId, int]

    @property
    def total(self) -> int:
        return sum(self.stale.values())


Count = Callable[[House, datetime], Awaitable[Counted]]
Clear = Callable[[House, AccountId, datetime], Awaitable[int]]
"""Deletes all of one account's, in batches with a short transaction each; how many went."""


class Duty(Struct, frozen=True):
    """One thing that is cleaned up."""

    name: str
    description: str
    days: Callable[[Retention], int | None]
    """From what age things go: 0 never, none when age is not what decides."""
    count: Count
    clear: Clear
    after: tuple[str, ...] = ()
    """The duties that leave something for this one."""


class Outcome(Struct, frozen=True):
    """What a duty found, and what it left."""

    duty: str
    before: int
    deleted: int
    after: int
    accounts: int
    older_than: datetime | None
    """Nothing where the setting says to keep for ever."""

    def line(self) -> str:
        if self.older_than is None:
            return f"{self.duty}: kept for ever"
        return f"{self.duty}: {self.before:,} found, {self.deleted:,} deleted, {self.after:,} left"


async def do_duty(house: House, duty: Duty, *, dry_run: bool = False) -> Outcome:
    """Count, delete account by account, and count again; a dry run only counts."""
    days = duty.days(house.desk.settings.retention)
    if days == 0:
        return Outcome(duty.name, 0, 0, 0, 0, None)
    cutoff = house.desk.clock.now() - timedelta(days=days or 0)
    found = await duty.count(house, cutoff)
    deleted, left = 0, found
    if not dry_run and found.total:
        for account_id in found.stale:
            deleted += await duty.clear(house, account_id, cutoff)
        left = await duty.count(house, cutoff)
    return Outcome(duty.name, found.total, deleted, left.total, len(found.stale), cutoff)
