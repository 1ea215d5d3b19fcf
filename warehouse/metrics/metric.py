"""What a metric is: which facts it counts, what it makes of them, and how it totals."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct


class Unit(StrEnum):
    """What a value is counted in."""

    COUNT = "count"
    SECONDS = "seconds"
    SHARE = "share"


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Totals(StrEnum):
    """How a longer period follows from shorter ones."""

    SUM = "sum"
    """The buckets add up, so a mart may answer."""
    RECOMPUTE = "recompute"
    """Only the facts of the whole period give its value."""
    STANDING = "standing"
    """The facts are changes: what stands at a bucket's end is the sum of all there ever were."""


class Dimension(Struct, frozen=True):
    """Something a metric can be split by."""

    name: str
    sql: str
    """The expression over the fact's columns."""
    in_marts: tuple[str, ...] = ()
    """The marts whose grain has it."""


class Metric(Struct, frozen=True):
    """One number, defined for everybody who shows it."""

    name: str
    title: str
    unit: Unit
    better: Better
    fact: str
    """The table of `lake.facts` it is counted from."""
    at: str
    """The instant by whose local day a fact is dated."""
    by: tuple[Dimension, ...]
    totals: Totals
    counts: str
    """What is counted, in one sentence."""
    value: str = ""
    """The fact's column that holds a duration, or the condition that makes up a share."""
    business: str = ""
    """The same duration in business time."""
    keep: str = "true"
    """The condition a fact must meet."""
    credit: str = ""
    """Whom a fact is credited to, as an expression over its columns, where not to its agent."""
    distinct: str = ""
    """What must not be counted twice."""
    mart: str = ""
    column: str = ""
    """The mart and its column that hold the same sum."""
    version: Annotated[int, Meta(ge=1)] = 1

    @property
    def definition(self) -> str:
        """Name and version, as footnotes quote them."""
        return f"{self.title} v{self.version}"
