"""A desk that lost its newest past, in another cluster or in its own: the lake forgets it, too."""

import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from msgspec import structs

from assets.extract.report import SyncReport
from assets.extract.sync import sync_lake
from desk.local.home import Home
from desk.local.postgres import binary
from desk.local.standalone import running
from desk.migrations.restored import adopt
from desk.migrations.run import make_roles
from desk.settings import Storage
from tests.builders.diary import Story, append, open_account, open_inbox
from tests.builders.own_lake import own_storage
from tests.warehouse.made_up_world import MadeUpWorld
from warehouse import schema
from warehouse.lake import Lake
from warehouse.models import FACTS, MARTS, SETTINGS
from warehouse.raw_tables import RAW_TABLES

pytestmark = pytest.mark.slow

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

Desk = psycopg.Connection[Any]


class Restored:
    """A desk in a new cluster, as it was at its dump, and the lake that knows what came after."""

    def __init__(self, home: Home, storage: Storage) -> None:
        self.home = home
        self._lake_of_old = storage
        self._run = ExitStack()

    def start(self) -> None:
        services = self._run.enter_context(running(self.home, ["postgres"], throwaway=True))
        self.storage = structs.replace(self._lake_of_old, database_url=services["DATABASE_URL"])
        self.desk: Desk = self._run.enter_context(
            psycopg.connect(self.storage.database_url, autocommit=True)
        )
        self.lake = Lake.writer(self.storage)
        self._run.callback(self.lake.close)

    def stop(self) -> None:
        self._run.close()

    def sync(self, **how: bool) -> SyncReport:
        return sync_lake(self.storage, self.lake, **how)

    def horizons(self) -> tuple[int, int]:
        """The desk's, and the one up to which the lake has followed it."""
        row = self.desk.execute("select pg_snapshot_xmin(pg_current_snapshot())").fetchone()
        state = schema.read_state(self.lake.cursor())
        assert row is not None
        assert state is not None
        return int(row[0]), state.horizon

    def zones(self) -> set[str]:
        return {zone for (zone,) in self.lake.rows("select time_zone from lake.raw.accounts")}

    def asked(self) -> list[int]:
        """When customers wrote, in hours after nine, as the facts have it."""
        rows = self.lake.rows(
            "select said_at from lake.facts.message where account_id in "
            "(select id from lake.raw.accounts where time_zone = 'UTC') order by 1"
        )
        return [(at - NINE) // HOUR for (at,) in rows]


def everything(lake: Lake) -> dict[str, tuple[int, int]]:
    """Of each table how many rows there are, and a print of them all."""
    tables = [f"lake.raw.{raw.name}" for raw in RAW_TABLES]
    tables += [model.table for model in (*SETTINGS, *FACTS, *MARTS)]
    prints = " union all ".join(
        f"select '{table}', count(*), sum(hash(row)) from {table} as row" for table in tables
    )
    return {table: (count, print) for table, count, print in lake.rows(prints)}


def live_on(desk: Desk, seed: int, zone: str) -> int:
    """One more account with a past in which everything happens; its id."""
    world = MadeUpWorld(desk, seed, zone, 3)
    (past,) = world.portions(1)
    append(desk, past)
    return world.account


def ask(desk: Desk, at: datetime) -> None:
    """One more account, whose one customer asks."""
    account = open_account(desk, "UTC", NINE)
    append(desk, Story(account, open_inbox(desk, account, NINE), NINE).customer(at).entries)


@pytest.fixture(scope="module")
def restored(services: Mapping[str, str], template: str) -> Iterator[Restored]:
    with (
        tempfile.TemporaryDirectory(prefix="streamdesk-", ignore_cleanup_errors=True) as name,
        own_storage(services, folder := Path(name)) as storage,
    ):
        dump, lake = folder / "desk.dump", Lake.writer(storage)
        with psycopg.connect(storage.database_url, autocommit=True) as desk:
            kept = live_on(desk, 1, "Europe/Oslo")
            _run(binary("pg_dump"), "--format=custom", f"--file={dump}", storage.database_url)
            # What is lost: another account, and a change of one that stays.
            live_on(desk, 3, "America/New_York")
            desk.execute("update accounts set time_zone = 'Asia/Tokyo' where id = %s", [kept])
            sync_lake(storage, lake)
        lake.close()
        new = Restored(Home(folder / "elsewhere"), storage)
        new.start()
        make_roles(new.desk)
        to = f"--dbname={new.storage.database_url}"
        _run(binary("pg_restore"), "--no-owner", "--exit-on-error", to, dump)
        adopt(new.storage.database_url)
        yield new
        new.stop()


def test_a_desk_restored_in_another_cluster_is_followed_on_from_its_dump(
    restored: Restored,
) -> None:
    assert restored.zones() == {"Asia/Tokyo", "America/New_York"}
    # Under the numbers of what was lost other things happen.
    account = live_on(restored.desk, 5, "Asia/Kolkata")
    assert restored.sync().how == "full"
    assert restored.zones() == {"Europe/Oslo", "Asia/Kolkata"}
    live_on(restored.desk, 7, "America/St_Johns")
    restored.desk.execute("delete from account_users where account_id = %s", [account])
    report = restored.sync(check=True)
    assert (report.how, report.buried, report.differences) == (
        "increment",
        {"account_users": 3},
        (),
    )
    # What has grown is what is made from nothing.
    grown = everything(restored.lake)
    restored.sync(anew=True)
    anew = everything(restored.lake)
    assert {name: rows for name, rows in grown.items() if rows != anew[name]} == {}


def test_a_cluster_set_back_in_time_is_noticed_even_when_it_has_come_as_far_again(
    restored: Restored,
) -> None:
    ask(restored.desk, NINE)
    restored.sync()
    restored.stop()
    data, copy = restored.home.postgres, restored.home.folder / "copy"
    _run("cp", "-a", data, copy)
    restored.start()
    assert restored.sync().how == "nothing new"
    ask(restored.desk, NINE + HOUR)
    assert restored.sync().how == "increment"
    assert restored.asked() == [0, 1]
    _, lost = restored.horizons()

    restored.stop()
    data.rename(restored.home.folder / "lost")
    copy.rename(data)
    restored.start()
    assert restored.horizons()[0] < lost
    # The same again, by the same transactions and under the same numbers, but at another hour.
    ask(restored.desk, NINE + 2 * HOUR)
    while restored.horizons()[0] < lost:
        restored.desk.execute("select pg_current_xact_id()")
    assert restored.sync().how == "full"
    assert restored.asked() == [0, 2]
    ask(restored.desk, NINE + 3 * HOUR)
    report = restored.sync(check=True)
    assert (report.how, report.differences, restored.asked()) == ("increment", (), [0, 2, 3])


def _run(*line: object) -> None:
    done = subprocess.run([str(word) for word in line], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
