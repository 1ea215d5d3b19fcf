"""Dagster's view: the assets load without a world around them, run, check and keep house."""

import sys
import warnings
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import dagster as dg
import psycopg
import pytest
from dagster._core.remote_representation.external_data import RepositorySnap

from assets import definitions, keep_fresh
from assets.checks.invariants import invariants
from assets.cleanup.duties import DUTIES, SWEEPS
from assets.cleanup.maintenance import maintain_lake, tidy_lake
from assets.cleanup.tombstones import forget_tombstones
from assets.extract.sync import sync_lake
from assets.pages import CHATWOOT, PAGES
from assets.resources import Warehouse
from dashboards.contents import SECTIONS
from dashboards.reports import live_board
from desk.settings import Storage
from desk.words.exports import ReportType
from desk.words.ids import AccountId
from tests.builders.diary import Story, append, employ, open_account, open_inbox
from warehouse.freshness import read_freshness
from warehouse.lake import Lake
from warehouse.metrics.metric import Metric
from warehouse.metrics.workload import CONVERSATIONS_STARTED
from warehouse.models import FACTS, MARTS, SETTINGS
from warehouse.period import Period
from warehouse.raw_tables import RAW_TABLES
from warehouse.report import measure

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

Desk = psycopg.Connection[Any]


class OwnWarehouse(Warehouse):
    """The test's own lake in place of the environment's."""

    def __init__(self, storage: Storage, lake: Lake) -> None:
        self.__dict__.update(storage=storage, lake=lake)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as opened:
        yield opened


@pytest.fixture
def definitions_of_test(storage: Storage, lake: Lake) -> dg.Definitions:
    found = definitions.defs()
    assert isinstance(found, dg.Definitions)
    return dg.Definitions(
        assets=found.assets,
        asset_checks=found.asset_checks,
        jobs=found.jobs,
        sensors=found.sensors,
        resources={"warehouse": OwnWarehouse(storage, lake)},
        executor=dg.in_process_executor,
    )


def work(connection: Desk, *, conversations: int = 3) -> int:
    """An account with some answered conversations."""
    account = open_account(connection, "UTC", NOON)
    inbox = open_inbox(connection, account, NOON)
    agent = employ(connection, account, NOON)
    for number in range(conversations):
        at = NOON + timedelta(minutes=number)
        story = Story(account, inbox, at, assignee=agent).customer(at)
        story.reply(at + timedelta(minutes=5), agent).resolve(at + timedelta(minutes=6), agent)
        append(connection, story.entries)
    return account


def test_all_loads_as_the_code_server_loads_it_without_one_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        # Dagster reads its own deprecated property of every schedule, whoever made it.
        warnings.filterwarnings("ignore", "Property `ScheduleDefinition.environment_vars`")
        found = definitions.defs()
        assert isinstance(found, dg.Definitions)
        dg.Definitions.validate_loadable(found)
        RepositorySnap.from_def(found.get_repository_def())


def test_every_asset_has_a_group_and_says_in_words_what_it_is() -> None:
    found = definitions.defs()
    assert isinstance(found, dg.Definitions)
    graph = found.resolve_asset_graph()
    nodes = [graph.get(key) for key in graph.get_all_asset_keys()]
    assert {node.group_name for node in nodes} == {
        *("desk", "raw", "facts", "marts", "reports", "chatwoot", "exports", "cleanup")
    }
    assert [node.key for node in nodes if len(node.description or "") < 9] == []
    assert [node.key for node in nodes if not node.kinds or not node.owners] == []
    numbers = 2 * len(RAW_TABLES) + len(SETTINGS) + len(FACTS) + len(MARTS)
    seen = len(PAGES) + len(CHATWOOT) + len(ReportType)
    assert len(nodes) == numbers + seen + len(DUTIES) + len(SWEEPS)
    kept_up = [node for node in nodes if node.group_name in {"raw", "facts", "marts"}]
    assert [node.key for node in kept_up if node.freshness_policy is None] == []
    assert {str(node.backfill_policy) for node in kept_up if node.partitions_def} == {
        "BackfillPolicy.single_run()"
    }


def test_every_page_stands_in_the_story_with_the_facts_it_shows() -> None:
    shown = {report.address: report for part in SECTIONS.values() for report in part}
    told = {page.address: page for page in PAGES}
    assert set(told) == {*shown, live_board.ADDRESS}
    for address, report in shown.items():
        module = sys.modules[getattr(report.draw, "__module__", "")]
        facts = {metric.fact for metric in told[address].metrics}
        assert {metric.fact for metric in _metrics_in(vars(module))} <= facts, address


def _metrics_in(names: Mapping[str, object]) -> Iterator[Metric]:
    for value in names.values():
        yield from (one for one in (value, *_parts(value)) if isinstance(one, Metric))


def _parts(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def test_every_report_goes_back_to_the_desk_along_the_lineage() -> None:
    found = definitions.defs()
    assert isinstance(found, dg.Definitions)
    graph = found.resolve_asset_graph()
    ends = {key for key in graph.get_all_asset_keys() if key.path[0] in {"reports", "chatwoot"}}
    for key in ends | {dg.AssetKey(["exports", "agent_performance"])}:
        assert any(above.path[0] == "desk" for above in graph.get_ancestor_asset_keys(key)), key
    for made in (*FACTS, *MARTS):
        above = graph.get_ancestor_asset_keys(dg.AssetKey([made.schema, made.name]))
        assert dg.AssetKey(["desk", "events"]) in above
    assert all(graph.has(key) for node in map(graph.get, ends) for key in node.parent_keys)


def test_the_repair_job_and_the_checks_run_green(
    definitions_of_test: dg.Definitions,
    instance: dg.DagsterInstance,
    connection: Desk,
    lake: Lake,
) -> None:
    account = work(connection)
    for job in ("rebuild_the_lake", "hourly_checks", "nightly_reconciliation"):
        result = definitions_of_test.resolve_job_def(job).execute_in_process(instance=instance)
        assert result.success
        evaluations = result.get_asset_check_evaluations()
        assert [one.check_name for one in evaluations if not one.passed] == []
        assert [one.check_name for one in evaluations if not one.metadata] == []
    ((messages,),) = lake.rows(
        f"select count(*) from lake.facts.message where account_id = {account}"
    )
    assert messages == 6


def test_rows_that_cannot_be_are_found_by_the_check_of_their_table(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    work(connection)
    sync_lake(storage, lake)
    assert [one for one in invariants() if one.broken(lake)] == []
    for wrong in (
        "insert into lake.facts.message select * from lake.facts.message "
        "where said = 'customer' limit 1",
        "update lake.facts.reply set account_id = null",
        "update lake.facts.first_response set calendar_seconds = -1, account_id = 99999",
        "update lake.facts.status_span set ended_at = ended_at + interval 1 hour",
        "delete from lake.facts.backlog_change where change = 1",
        "insert into lake.marts.backlog_day select account_id, day, 0, null, inbox_id, "
        "channel, 1, -1 from lake.marts.agent_day limit 1",
    ):
        lake.cursor().execute(wrong)
    broken = {(".".join(one.table), one.name) for one in invariants() if one.broken(lake)}
    assert broken == {
        ("facts.message", "nothing_twice"),
        ("facts.first_response", "every_row_has_its_tenant"),
        ("facts.first_response", "no_negative_duration"),
        ("facts.status_span", "no_two_at_once"),
        ("facts.backlog_change", "in_the_backlog_once_or_not"),
        ("marts.backlog_day", "no_backlog_below_zero"),
        ("marts.agent_day", "adds_up_to_the_facts"),
        ("marts.inbox_hour", "adds_up_to_the_facts"),
    }


def test_the_sensor_syncs_and_tells_what_moved_at_most_every_five_minutes(
    storage: Storage, lake: Lake, connection: Desk, instance: dg.DagsterInstance
) -> None:
    warehouse = OwnWarehouse(storage, lake)

    def tick(cursor: str | None) -> dg.SensorResult:
        with dg.build_sensor_context(
            instance=instance, cursor=cursor, resources={"warehouse": warehouse}
        ) as context:
            result = keep_fresh.keep_the_lake_fresh(context)
        assert isinstance(result, dg.SensorResult)
        return result

    account = work(connection)
    first = tick(None)
    told = {event.asset_key.to_user_string(): event for event in first.asset_events}
    assert told["raw/events"].metadata["rows"].value == 12
    assert "facts/message" in told
    assert "marts/agent_day" in told

    inbox = open_inbox(connection, account, NOON)
    append(connection, Story(account, inbox, NOON).entries)
    second = tick(first.cursor)
    assert [event.asset_key.to_user_string() for event in second.asset_events] == []
    assert '"raw/events":{"told_at"' in (second.cursor or "")


def test_maintenance_keeps_every_number_and_the_note_of_freshness(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    account = AccountId(work(connection, conversations=2))
    sync_lake(storage, lake)
    period = Period.of_days(NOON.date(), NOON.date())
    before = read_freshness(storage)
    following = Lake.reader(storage)
    held = following.table("facts.message", account, lake.newest())
    tidy_lake(storage, lake)
    assert following.table("facts.message", account, lake.newest()) == held
    following.close()
    maintain_lake(storage, lake)
    after = read_freshness(storage)
    assert before is not None
    assert after is not None
    assert after.read_at == before.read_at
    assert after.id >= before.id
    reader = Lake.reader(storage)
    assert measure(reader, account, CONVERSATIONS_STARTED, period).item() == 2
    reader.close()


def test_tombstones_below_the_horizon_are_forgotten(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    account = open_account(connection, "UTC", NOON)
    user = employ(connection, account, NOON)
    sync_lake(storage, lake)
    connection.execute("delete from account_users where user_id = %s", [user])
    sync_lake(storage, lake)
    assert forget_tombstones(storage, lake) == 1
    assert sync_lake(storage, lake, check=True).differences == ()
