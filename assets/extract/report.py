"""What one sync did, for people, Dagster and tests."""

from collections import Counter
from datetime import datetime

from msgspec import Struct, field

from assets.extract.reconcile import Difference


class SyncReport(Struct, frozen=True):
    """One run of the sync: what it read, wrote and found."""

    how: str
    """`full`, `increment` or `nothing new`."""
    read_at: datetime
    snapshot: int
    seconds: float
    rows: Counter[str] = field(default_factory=Counter)
    """Rows brought to each raw table."""
    buried: Counter[str] = field(default_factory=Counter)
    """Rows deleted from each raw table because the desk deleted them."""
    built: Counter[str] = field(default_factory=Counter)
    """How many `conversations` and `days` were made anew, and how many rows of each fact."""
    differences: tuple[Difference, ...] | None = None
    """What a reconciling run found different; such tables were loaded anew."""

    @property
    def facts(self) -> int:
        """How many rows of facts were written or withdrawn."""
        return sum(n for name, n in self.built.items() if name.startswith("facts."))

    def line(self) -> str:
        """The run in one line."""
        moved = ", ".join(f"{n:,} {name}" for name, n in self.rows.most_common(4)) or "no rows"
        gone = f", {self.buried.total():,} deleted" if self.buried else ""
        built = (
            f"; {self.built['conversations']:,} conversations → {self.facts:,} facts "
            f"on {self.built['days']:,} days"
            if self.built
            else ""
        )
        found = (
            ""
            if self.differences is None
            else f"; {len(self.differences)} differences from the desk"
        )
        return (
            f"Synced ({self.how}) to {self.read_at:%H:%M:%S} UTC in {self.seconds:.2f} s: "
            f"{moved}{gone}{built}{found}; snapshot {self.snapshot}"
        )
