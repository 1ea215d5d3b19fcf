"""The embedded services survive being killed, on the same ports and with the same data."""

import asyncio
import signal
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis

from desk.local.home import Home
from desk.local.readiness import accepts_sql
from desk.local.standalone import running
from tests.local.running import gone, house, until


def test_what_was_stored_is_there_after_kills_and_after_a_restart(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with house(home, "services") as desk:
        run = desk.until_ready()
        with psycopg.connect(run["database_url"], autocommit=True) as connection:
            connection.execute("create table kept (word text)")
            connection.execute("insert into kept values ('before')")
        valkey = redis.Redis.from_url(run["redis_url"])
        valkey.set("kept", "before")
        until(lambda: b"appendonly" in _appended(home))
        for name in ("postgres", "valkey", "broker"):
            desk.kill(name)
        environment = {"DATABASE_URL": run["database_url"]}
        until(lambda: asyncio.run(accepts_sql(environment)))
        until(lambda: _answers(valkey))
        assert _word(run["database_url"]) == "before"
        assert valkey.get("kept") == b"before"
        after = desk.run
        family = desk.family()
        assert desk.stop(signal.SIGINT) == 0
        assert gone(family)
    assert after is not None
    assert [p["port"] for p in after["processes"]] == [p["port"] for p in run["processes"]]

    with house(home, "services", port=desk.port) as again:
        assert _word(again.until_ready()["database_url"]) == "before"
        valkey.close()


def test_the_owner_is_no_superuser_but_may_make_roles_and_databases(tmp_path: Path) -> None:
    with (
        running(Home(tmp_path), ["postgres"], throwaway=True) as environment,
        psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection,
    ):
        connection.execute("create role narrow nologin")
        connection.execute("set role narrow")
        connection.execute("reset role")
        connection.execute("create database another")
        facts = connection.execute(
            "select rolsuper, rolcreaterole, rolbypassrls from pg_roles where rolname = current_user"
        ).fetchone()
        names = {name for (name,) in connection.execute("select datname from pg_database")}
    assert facts == (False, True, True)
    assert names >= {"streamdesk", "streamdesk_lake", "streamdesk_dagster"}


def test_nobody_gets_in_without_the_password(tmp_path: Path) -> None:
    with running(Home(tmp_path), ["postgres"], throwaway=True) as environment:
        port = urlsplit(environment["DATABASE_URL"]).port
        for user in ("streamdesk", "postgres"):
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(f"postgresql://{user}:guess@127.0.0.1:{port}/streamdesk")


def _word(url: str) -> str:
    with psycopg.connect(url) as connection:
        row = connection.execute("select word from kept").fetchone()
    assert row is not None
    return str(row[0])


def _answers(valkey: "redis.Redis") -> bool:
    try:
        return bool(valkey.ping())
    except redis.ConnectionError:
        return False


def _appended(home: Path) -> bytes:
    return b"appendonly" + b"".join(
        file.read_bytes() for file in (home / "valkey" / "appendonlydir").glob("*.aof")
    )
