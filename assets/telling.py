"""What Dagster is told of assets that were made outside of a step of their own."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import dagster as dg

from assets.checks.standing import row_counts
from assets.lineage import model_key
from assets.months import MONTHS
from warehouse.lake import Lake
from warehouse.models import FACTS, MARTS

_PARTITIONED = frozenset(model_key(model) for model in (*FACTS, *MARTS))


def all_months() -> Sequence[str]:
    return MONTHS.get_partition_keys()


def month_of(at: datetime) -> str:
    return at.strftime("%Y-%m-01")


def made(
    lake: Lake, moved: Mapping[dg.AssetKey, int], snapshot: int, months: Sequence[str]
) -> Iterator[dg.AssetMaterialization]:
    """One materialization of each asset, or one for each month where it has months."""
    held = row_counts(lake) if moved else {}
    for key, rows in moved.items():
        schema, name = key.path
        partitions = months if key in _PARTITIONED else (None,)
        for month in partitions:
            yield dg.AssetMaterialization(
                asset_key=key,
                partition=month,
                metadata={
                    "rows": rows,
                    # Of a month it is not the month's, as Dagster's own word would say.
                    ("dagster/row_count" if month is None else "rows_of_all_months"): held[
                        schema, name
                    ],
                    "snapshot": snapshot,
                },
            )
