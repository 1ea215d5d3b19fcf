"""Backup and restore as the recipe has them: a dump, another cluster, and nothing is missing."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
import pytest

from assets.extract.sync import sync_lake
from desk.local.home import Home
from desk.local.postgres import binary
from desk.local.standalone import running
from desk.settings import Settings
from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said
from tests.house_rules.sources import ROOT
from warehouse.lake import Lake

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

TABLES = ("accounts", "contacts", "conversations", "messages", "events", "jobs", "inboxes")


@pytest.fixture
def elsewhere() -> Iterator[Mapping[str, str]]:
    """Another cluster with an empty database."""
    with (
        tempfile.TemporaryDirectory(
            prefix="streamdesk-elsewhere-", ignore_cleanup_errors=True
        ) as folder,
        running(Home(Path(folder)), ["postgres"], throwaway=True) as environment,
    ):
        yield environment


async def test_a_restored_desk_has_every_row_and_its_lake_follows_it_again(
    desk: Desk, halden: SmallDesk, elsewhere: Mapping[str, str], tmp_path: Path
) -> None:
    for number in range(3):
        await receive(desk, halden, said(f"message {number}", sender=f"4790000000{number}"))
    source = desk.settings.storage.database_url
    with psycopg.connect(source, autocommit=True) as connection:
        # Far ahead of a fresh cluster, as any desk that has lived for a while.
        for _ in range(2000):
            connection.execute("select pg_current_xact_id()")
    dump, target = tmp_path / "desk.dump", elsewhere["DATABASE_URL"]
    _run(binary("pg_dump"), "--format=custom", f"--file={dump}", source)
    told = {**os.environ, **elsewhere, "LAKE_PATH": str(tmp_path / "lake")}
    desk_command = str(Path(sys.executable).with_name("desk"))
    _run(desk_command, "worker", "databases", env=told)
    _run(
        binary("pg_restore"), "--no-owner", "--exit-on-error", f"--dbname={target}", dump
    )  # fmt: skip
    _run(desk_command, "restored", env=told)
    _run(desk_command, "worker", "migrations", env=told)
    assert _counts(target) == _counts(source)

    storage = Settings.from_environment(told).storage
    lake = Lake.writer(storage)
    assert sync_lake(storage, lake).how == "full"
    assert sync_lake(storage, lake).how == "nothing new"
    contacts = f"select count(*) from lake.raw.contacts where account_id = {halden.account_id}"
    assert lake.rows(contacts) == [(3,)]
    with psycopg.connect(target, autocommit=True) as connection:
        connection.execute(
            """delete from labels where account_id = %s and title = 'vip'""", [halden.account_id]
        )
    sync_lake(storage, lake)
    labels = f"select count(*) from lake.raw.labels where account_id = {halden.account_id}"
    assert lake.rows(labels) == [(2,)]
    lake.close()


def _run(*line: object, env: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(
        [str(word) for word in line], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _counts(url: str) -> dict[str, Any]:
    with psycopg.connect(url) as connection:
        return {
            table: connection.execute(f"select count(*) from {table}".encode()).fetchone()
            for table in TABLES
        }
