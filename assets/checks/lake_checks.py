"""The lake's checks as Dagster shows them: hourly invariants, and the nightly reconciliation."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import dagster as dg

from assets.checks.invariants import invariants
from assets.checks.standing import key_sums, row_counts
from assets.cleanup.tombstones import forget_tombstones
from assets.extract.reconcile import Difference
from assets.extract.sync import sync_lake
from assets.lineage import raw_key
from assets.policies import TELL_EVERY, TRY_AGAIN, WRITER_POOL
from assets.resources import Warehouse
from warehouse.freshness import STALE_AFTER
from warehouse.raw_tables import RAW_TABLES

LATE_AFTER = timedelta(seconds=TELL_EVERY)
"""A warning; from `STALE_AFTER` on it is an error, and whoever is on duty is told."""

RECONCILED = "same_as_the_desk"
FRESH = "fresh"
MOST_SHOWN = 50
"""Accounts that differ, in one result's table."""


@dg.multi_asset_check(
    name="lake_invariants",
    description="Nothing twice, nothing without its tenant, no negative time, nothing stale.",
    specs=[
        *(
            dg.AssetCheckSpec(
                invariant.name,
                asset=dg.AssetKey(list(invariant.table)),
                description=invariant.says,
                metadata={"query": dg.MetadataValue.md(f"```sql\n{invariant.offenders}\n```")},
            )
            for invariant in invariants()
        ),
        dg.AssetCheckSpec(
            FRESH,
            asset=raw_key("events"),
            description="The lake knows the desk as it was at most a few minutes ago.",
        ),
    ],
    # A run of some tables checks those, and no others.
    can_subset=True,
)
def lake_invariants(
    context: dg.AssetCheckExecutionContext, warehouse: dg.ResourceParam[Warehouse]
) -> Iterator[dg.AssetCheckResult]:
    asked = context.selected_asset_check_keys
    lake = warehouse.lake
    rows = row_counts(lake)
    for invariant in invariants():
        if dg.AssetCheckKey(dg.AssetKey(list(invariant.table)), invariant.name) not in asked:
            continue
        offenders = invariant.broken(lake)
        if offenders:
            _tell(warehouse, invariant.name, ".".join(invariant.table), offenders)
        yield dg.AssetCheckResult(
            asset_key=dg.AssetKey(list(invariant.table)),
            check_name=invariant.name,
            passed=offenders == 0,
            severity=dg.AssetCheckSeverity.ERROR,
            description=f"{offenders:,} of {rows[invariant.table]:,} rows break it."
            if offenders
            else f"True of {rows[invariant.table]:,} rows.",
            metadata={"offenders": offenders, "rows": rows[invariant.table]},
        )
    if dg.AssetCheckKey(raw_key("events"), FRESH) in asked:
        yield _freshness(warehouse)


def _freshness(warehouse: Warehouse) -> dg.AssetCheckResult:
    snapshot = warehouse.lake.snapshot()
    age = datetime.now(UTC) - snapshot.read_at
    seconds = age.total_seconds()
    if seconds > STALE_AFTER:
        warehouse.watch.tell("lake_late", "error", {"seconds": round(seconds)})
    return dg.AssetCheckResult(
        asset_key=raw_key("events"),
        check_name=FRESH,
        passed=age <= LATE_AFTER,
        severity=dg.AssetCheckSeverity.ERROR
        if seconds > STALE_AFTER
        else dg.AssetCheckSeverity.WARN,
        description=f"The lake knows the desk of {seconds:,.0f} s ago.",
        metadata={
            "seconds_old": seconds,
            "warns_after": LATE_AFTER.total_seconds(),
            "fails_after": STALE_AFTER,
            "known_up_to": dg.MetadataValue.timestamp(snapshot.read_at),
            "snapshot": snapshot.id,
        },
    )


@dg.multi_asset_check(
    name="reconcile_with_the_desk",
    description="Counts and sums of keys by account and month, on both sides of one snapshot.",
    specs=[
        dg.AssetCheckSpec(
            RECONCILED,
            asset=raw_key(table.name),
            description=(
                "Of every account, and of every month of the large tables, the lake holds as many "
                "rows as the desk, and their keys have the same sum. A table that differs is "
                "loaded anew, with all that follows from it."
            ),
        )
        for table in RAW_TABLES
    ],
    pool=WRITER_POOL,
    retry_policy=TRY_AGAIN,
)
def reconciliation(
    context: dg.AssetCheckExecutionContext, warehouse: dg.ResourceParam[Warehouse]
) -> Iterator[dg.AssetCheckResult]:
    report = sync_lake(warehouse.storage, warehouse.lake, check=True)
    context.log.info(report.line())
    found: defaultdict[str, list[Difference]] = defaultdict(list)
    for difference in report.differences or ():
        found[difference.table].append(difference)
    for table, sums in key_sums(warehouse.lake).items():
        differences = found[table]
        differed = len({one.account_id for one in differences})
        if differences:
            _tell(warehouse, RECONCILED, f"raw.{table}", differed)
        yield dg.AssetCheckResult(
            asset_key=raw_key(table),
            check_name=RECONCILED,
            passed=not differences,
            severity=dg.AssetCheckSeverity.ERROR,
            description=f"{differed:,} accounts differed; the table was loaded anew."
            if differences
            else f"{sums.rows:,} rows of {sums.accounts:,} accounts, as at the desk.",
            metadata={
                "rows": sums.rows,
                "sum_of_keys": sums.keys,
                "accounts": sums.accounts,
                "accounts_that_differed": differed,
                **({"differences": _table(differences)} if differences else {}),
            },
        )
    if not any(found.values()):
        forget_tombstones(warehouse.storage, warehouse.lake)


def _table(differences: list[Difference]) -> dg.TableMetadataValue:
    return dg.MetadataValue.table(
        records=[
            dg.TableRecord(
                {
                    "account": one.account_id,
                    "month": one.month.isoformat() if one.month else "all",
                    "rows at the desk": one.desk_rows,
                    "rows in the lake": one.lake_rows,
                }
            )
            for one in differences[:MOST_SHOWN]
        ]
    )


def _tell(warehouse: Warehouse, check: str, table: str, count: int) -> None:
    """A run whose check fails is a good run: nobody would hear of it."""
    line = {"check": check, "table": table, "count": count}
    warehouse.watch.tell("lake_check_failed", "error", line)
