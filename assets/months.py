"""Facts and marts by month: what a backfill is asked for, and all of it is one run."""

from datetime import date

import dagster as dg
from msgspec import Struct

MONTHS = dg.MonthlyPartitionsDefinition(start_date="2025-01-01", end_offset=1)
"""Of the local day. The first month holds whatever is older, the last one whatever is newer."""

ONE_RUN = dg.BackfillPolicy.single_run()


class Months(Struct, frozen=True):
    """Some months in a row; an end that is missing is open."""

    first: date | None = None
    end: date | None = None
    """The first day that does not belong to them any more."""

    @property
    def are_all(self) -> bool:
        return self.first is None and self.end is None

    def hold(self, day: str) -> str:
        """The condition that a column's day is in them."""
        bounds = [f"{day} >= date '{self.first}'"] if self.first else []
        bounds += [f"{day} < date '{self.end}'"] if self.end else []
        return " and ".join(bounds) or "true"

    def about(self, instant: str) -> str:
        """A condition that holds at every instant that is one of their days somewhere on earth."""
        bounds = [f"{instant} >= date '{self.first}' - interval 1 day"] if self.first else []
        bounds += [f"{instant} < date '{self.end}' + interval 1 day"] if self.end else []
        return " and ".join(bounds) or "true"


def months_of(context: dg.AssetExecutionContext) -> Months:
    """The months that a run was asked for."""
    asked, known = context.partition_key_range, MONTHS.get_partition_keys()
    window = MONTHS.time_window_for_partition_key
    return Months(
        first=None if asked.start == known[0] else window(asked.start).start.date(),
        end=None if asked.end >= known[-1] else window(asked.end).end.date(),
    )
