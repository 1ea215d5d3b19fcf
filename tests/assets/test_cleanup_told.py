"""The clean-up of Redis, and what Dagster tells of the clean-up."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import msgspec
import psycopg
import pytest

from assets import definitions
from assets.cleanup.duties import DUTIES, SWEEPS
from assets.cleanup.house import House
from assets.resources import Warehouse
from desk.clock import FixedClock
from desk.settings import Settings
from desk.store.desk import Desk
from desk.store.presence import Presence
from desk.store.sessions import find_session, start_session
from desk.words.ids import UserId
from tests.assets import test_cleanup
from tests.assets.test_cleanup import NOW, do
from tests.builders.accounts import SmallDesk

halden = test_cleanup.halden
house = test_cleanup.house
own_desk = test_cleanup.own_desk
own_settings = test_cleanup.own_settings


async def test_sessions_of_people_who_left_end_and_others_go_on(
    own_desk: Desk, house: House, halden: SmallDesk
) -> None:
    secret = own_desk.settings.security.secret
    await own_desk.redis.flushdb()
    stays = await start_session(own_desk.redis, halden.agent, NOW.timestamp(), secret)
    stranger = await start_session(own_desk.redis, UserId(999_999_999), NOW.timestamp(), secret)
    endless = await start_session(own_desk.redis, halden.administrator, NOW.timestamp(), secret)
    for key in await own_desk.redis.keys("session:*"):
        found = msgspec.json.decode(await own_desk.redis.get(key) or b"{}")
        if found["user_id"] == halden.administrator:
            await own_desk.redis.persist(key)
    assert await do(house, "stale_sessions", dry_run=True) == (2, 0, 2)
    assert await do(house, "stale_sessions") == (2, 2, 0)
    assert await find_session(own_desk.redis, stays, secret) is not None
    for ended in (stranger, endless):
        assert await find_session(own_desk.redis, ended, secret) is None


async def test_people_whose_sockets_fell_silent_are_struck_out(
    own_desk: Desk, house: House, halden: SmallDesk
) -> None:
    await own_desk.redis.flushdb()
    presence = Presence(own_desk.redis, own_desk.clock)
    await presence.beat_user(halden.account_id, 1)
    await presence.beat_contact(halden.account_id, 7)
    clock = own_desk.clock
    assert isinstance(clock, FixedClock)
    clock.at = NOW + timedelta(seconds=60)
    await presence.beat_user(halden.account_id, 2)
    assert await do(house, "silent_sockets") == (1, 1, 0)
    there = await presence.present(halden.account_id)
    assert (there.users, there.contacts) == ({2}, {7})


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as opened:
        yield opened


class OwnWarehouse(Warehouse):
    """The test's own desk in place of the environment's."""

    def __init__(self, settings: Settings) -> None:
        self.__dict__.update(settings=settings)


def test_the_jobs_tell_how_much_there_was_and_how_much_is_left(
    own_settings: Settings, instance: dg.DagsterInstance, connection: psycopg.Connection[Any]
) -> None:
    account = connection.execute(
        "insert into accounts (name, created_at) values ('Halden', now()) returning id"
    ).fetchone()
    assert account is not None
    connection.execute(
        """insert into contacts (account_id, name, created_at)
           select %s, 'Old ' || n, now() - interval '31 days' from generate_series(1, 1200) n""",
        [account[0]],
    )
    found = definitions.defs()
    assert isinstance(found, dg.Definitions)
    mine = dg.Definitions(
        assets=found.assets,
        jobs=found.jobs,
        resources={"warehouse": OwnWarehouse(own_settings)},
        executor=dg.in_process_executor,
    )
    told = {}
    for job in ("clean_the_desk", "sweep_redis"):
        result = mine.resolve_job_def(job).execute_in_process(instance=instance)
        assert result.success
        for event in result.get_asset_materialization_events():
            materialization = event.step_materialization_data.materialization
            told[materialization.asset_key.path[-1]] = {
                name: value.value for name, value in materialization.metadata.items()
            }
    assert set(told) == {duty.name for duty in (*DUTIES, *SWEEPS)}
    contacts = told["contacts_without_conversation"]
    assert (contacts["before"], contacts["deleted"], contacts["after"]) == (1200, 1200, 0)
    again = mine.resolve_job_def("clean_the_desk").execute_in_process(instance=instance)
    assert again.success


def test_only_these_of_the_assets_look_across_accounts() -> None:
    root = Path(definitions.__file__).parent
    callers = {
        f"{path.relative_to(root)}: {ast.unparse(call.keywords[0].value)}"
        for path in root.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "transaction_across_accounts"
    }
    assert callers == {
        "cleanup/duties.py: REASON",
        "cleanup/redis_traces.py: REASON",
        "exports/making.py: REASON",
    }
