"""A year made anew is one run, and what it makes is what the sync had made, row by row."""

from datetime import UTC, datetime, timedelta
from operator import ne
from typing import Any

import dagster as dg
import psycopg
import pytest
from dagster._core.execution.asset_backfill import AssetBackfillData

from assets import definitions
from assets.extract.sync import sync_lake
from assets.facts.fact_assets import facts, settings
from assets.facts.rebuild import rebuild_facts
from assets.marts.mart_assets import marts
from assets.months import MONTHS, Months
from assets.resources import Warehouse
from desk.settings import Storage
from tests.builders.diary import Story, append, employ, open_account, open_inbox
from warehouse.lake import Lake
from warehouse.models import FACTS, MARTS

Desk = psycopg.Connection[Any]

KEYS = MONTHS.get_partition_keys()
YEAR = KEYS[1:13]


class OwnWarehouse(Warehouse):
    """The test's own lake in place of the environment's."""

    def __init__(self, storage: Storage, lake: Lake) -> None:
        self.__dict__.update(storage=storage, lake=lake)


@pytest.fixture
def a_year(storage: Storage, lake: Lake, connection: Desk) -> Storage:
    """A lake that knows a conversation of every month, one of them resolved in the next."""
    begin = datetime.fromisoformat(KEYS[0]).replace(tzinfo=UTC) - timedelta(days=40)
    account = open_account(connection, "Asia/Tokyo", begin)
    inbox = open_inbox(connection, account, begin)
    agent = employ(connection, account, begin)
    for month in (begin.isoformat(), *KEYS[:14]):
        at = datetime.fromisoformat(month).replace(tzinfo=UTC) + timedelta(days=9, hours=3)
        story = Story(account, inbox, at, assignee=agent).customer(at)
        story.reply(at + timedelta(minutes=5), agent).resolve(at + timedelta(days=25), agent)
        append(connection, story.entries)
    sync_lake(storage, lake)
    return storage


def held(lake: Lake) -> dict[str, list[tuple[Any, ...]]]:
    return {
        model.label: lake.rows(f"select * from {model.table} order by all")
        for model in (*FACTS, *MARTS)
    }


def test_a_year_of_facts_and_marts_is_made_anew_by_one_run(a_year: Storage, lake: Lake) -> None:
    before = held(lake)
    cursor = lake.cursor()
    for broken in (
        f"delete from lake.facts.message where day >= date '{YEAR[3]}'",
        "update lake.facts.reply set calendar_seconds = 1",
        f"delete from lake.marts.agent_day where day < date '{YEAR[2]}'",
    ):
        cursor.execute(broken)
    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize(
            [facts, marts],
            instance=instance,
            resources={"warehouse": OwnWarehouse(a_year, lake)},
            tags={
                "dagster/asset_partition_range_start": KEYS[0],
                "dagster/asset_partition_range_end": YEAR[-1],
            },
        )
        assert result.success
        assert instance.get_runs_count() == 1
        made = instance.get_materialized_partitions(dg.AssetKey(["facts", "message"]))
        assert made == {KEYS[0], *YEAR}
        assert instance.get_materialized_partitions(dg.AssetKey(["marts", "agent_day"])) == made
    assert held(lake) == before


def test_some_months_are_repaired_without_touching_the_others(a_year: Storage, lake: Lake) -> None:
    before = held(lake)
    spring = Months(datetime.fromisoformat(YEAR[1]).date(), datetime.fromisoformat(YEAR[4]).date())
    cursor = lake.cursor()
    cursor.execute(f"delete from lake.facts.message where {spring.hold('day')}")
    cursor.execute(
        "insert into lake.facts.message select * replace (99 as conversation_id, 99 as event_id) "
        f"from lake.facts.message where day < date '{YEAR[0]}' limit 1"
    )
    cursor.execute(
        f"update lake.facts.message set day = date '{YEAR[2]}' where conversation_id = 99"
    )
    differed = rebuild_facts(a_year, lake, spring)
    assert differed["facts.message"] == 3 * 2 + 1
    assert differed["facts.reply"] == 0
    assert held(lake) == before
    assert rebuild_facts(a_year, lake, spring)["facts.message"] == 0

    # What hours hold since when is a setting: it has no months.
    hours = lake.rows("select * from lake.facts.calendar order by all")
    cursor.execute("delete from lake.facts.calendar")
    assert dg.materialize([settings], resources={"warehouse": OwnWarehouse(a_year, lake)}).success
    assert lake.rows("select * from lake.facts.calendar order by all") == hours


def test_a_year_asked_for_in_dagsters_pages_is_one_run() -> None:
    found = definitions.defs()
    assert isinstance(found, dg.Definitions)
    graph = found.resolve_asset_graph()
    asked = [key for key in graph.get_all_asset_keys() if graph.get(key).is_partitioned]
    with dg.DagsterInstance.ephemeral() as instance:
        backfill = AssetBackfillData.from_asset_partitions(
            asset_graph=graph,
            partition_names=YEAR,
            asset_selection=asked,
            dynamic_partitions_store=instance,
            backfill_start_timestamp=datetime.now(UTC).timestamp(),
            all_partitions=False,
        )
    for key, months in backfill.target_subset.partitions_subsets_by_asset_key.items():
        together = graph.get(key).execution_set_asset_keys
        assert together <= set(asked)
        for other in together:
            # Dagster asks with `!=`, which here is not the contrary of `==`.
            same = backfill.target_subset.partitions_subsets_by_asset_key[other]
            assert ne(months, same) is False, (key, other)
    checks = {key for key in graph.asset_check_keys if key.asset_key in asked}
    everything = found.resolve_implicit_global_asset_job_def()
    run = everything.get_subset(asset_selection={*asked}, asset_check_selection=checks)
    steps = {node.name for node in run.graph.nodes}
    assert steps == {"rebuild_facts", "rebuild_marts", "lake_invariants"}
