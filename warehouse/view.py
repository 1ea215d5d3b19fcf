"""One account in one state of the lake: what the reports read from."""

from msgspec import Struct

from desk.words.ids import AccountId
from warehouse.freshness import Snapshot
from warehouse.lake import Lake


class View(Struct, frozen=True):
    """Names the account's tables, be they held in memory or not."""

    lake: Lake
    account: AccountId
    snapshot: Snapshot

    @classmethod
    def newest(cls, lake: Lake, account: AccountId) -> "View":
        """The account as the newest whole snapshot knows it."""
        return cls(lake, account, lake.snapshot())

    def of(self, label: str) -> str:
        """What to select `facts.message` or another table from; ask for `account_id` too."""
        return self.lake.table(label, self.account, self.snapshot.id)
