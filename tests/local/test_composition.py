"""What runs, where, and what it is told, before anything is started."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import psutil
import pytest

from desk.local.belonging import MARK, Record, Trace, trace
from desk.local.environment import Options, alone, compose, table_for
from desk.local.home import Home, write_privately
from desk.local.leftovers import clear_leftovers
from desk.local.ports import choose_ports
from desk.local.processes import PROCESSES
from desk.local.unprivileged import Account, let_through
from desk.settings import Settings


def names(table: object) -> set[str]:
    return {process.name for process in table}  # type: ignore[attr-defined]


def test_a_url_replaces_its_embedded_service() -> None:
    given = {"DATABASE_URL": "postgresql://db.example/desk", "KAFKA_URL": "kafka:9092"}
    table = names(table_for(PROCESSES, given, demo=True))
    assert "postgres" not in table
    assert "broker" not in table
    assert {"valkey", "inbox_service", "simulators", "demo"} <= table


def test_the_simulators_run_for_the_demo_only() -> None:
    table = names(table_for(PROCESSES, {}, demo=False))
    assert "simulators" not in table
    assert "demo" not in table


def test_every_process_waits_only_for_processes_of_the_table() -> None:
    known = names(PROCESSES)
    assert {name for process in PROCESSES for name in process.after} <= known


def test_the_environment_satisfies_the_settings_of_every_process(tmp_path: Path) -> None:
    home = Home(tmp_path)
    environment = compose(home, Options(tmp_path, port=3100, demo=True), PROCESSES, {})
    settings = Settings.from_environment(environment)
    assert settings.addresses.public_url == "http://127.0.0.1:3100"
    assert settings.storage.embedded_broker
    assert settings.security.allow_private_targets
    assert settings.storage.lake_catalog_url.endswith("/streamdesk_lake")
    assert environment["DAGSTER_DATABASE_URL"].startswith("postgresql+psycopg2://")
    assert settings.addresses.simulators_url.endswith(str(settings.addresses.simulators_port))
    again = compose(home, Options(tmp_path, port=3100, demo=True), PROCESSES, {})
    assert again["STREAMDESK_SECRET"] == environment["STREAMDESK_SECRET"]
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_what_the_surroundings_name_is_kept(tmp_path: Path) -> None:
    given = {"DATABASE_URL": "postgresql://db.example/desk", "STREAMDESK_PUBLIC_URL": "https://a.b"}
    table = table_for(PROCESSES, given, demo=False)
    environment = compose(Home(tmp_path), Options(tmp_path), table, given)
    assert environment["DATABASE_URL"] == given["DATABASE_URL"]
    assert environment["LAKE_CATALOG_URL"] == "postgresql://db.example/desk_lake"
    assert environment["STREAMDESK_PUBLIC_URL"] == "https://a.b"
    assert "STREAMDESK_POSTGRES_PORT" not in environment


def test_every_command_line_can_be_built_from_the_environment(tmp_path: Path) -> None:
    composed = compose(Home(tmp_path), Options(tmp_path, demo=True), PROCESSES, {})
    for process in PROCESSES:
        assert process.command(composed)
        if not process.embedded:
            assert process.command(alone({"DATABASE_URL": "postgresql://db.example/desk"}))


def test_ports_stay_the_same_for_a_home_and_avoid_taken_ones(tmp_path: Path) -> None:
    variables = ["ONE", "TWO"]
    before = choose_ports(tmp_path, variables)
    assert choose_ports(tmp_path, variables) == before
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", before["ONE"]))
        taken.listen()
        after = choose_ports(tmp_path, variables)
    assert before["ONE"] not in after.values()
    assert len(set(after.values())) == 2


def test_leftovers_are_ended_and_strangers_with_their_numbers_are_not(tmp_path: Path) -> None:
    sleep = [sys.executable, "-S", "-c", "import time; time.sleep(600)"]
    marked = subprocess.Popen(sleep, env={**os.environ, MARK: "an-old-run"})
    written_down = subprocess.Popen(sleep)
    stranger = subprocess.Popen(sleep)
    try:
        known = trace("known", written_down.pid)
        assert known is not None
        reused = Trace("reused", stranger.pid, time.time() - 1000)
        home = Home(tmp_path)
        record = Record("an-old-run", [known, reused])
        write_privately(home.record_file, msgspec.json.encode(record))
        assert clear_leftovers(tmp_path, 5, only="another-run") == []
        assert len(clear_leftovers(tmp_path, 5)) == 2
        assert marked.poll() is not None
        assert written_down.poll() is not None
        assert stranger.poll() is None
        assert not home.record_file.exists()
    finally:
        for process in (marked, written_down, stranger):
            process.kill()
            process.wait()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives passage to another user")
def test_one_user_is_let_through_and_nobody_else(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "inside").mkdir(mode=0o755)
    let_through(closed / "inside", Account(uid=61_001, gid=61_001))
    assert _passes(closed / "inside", 61_001)
    assert not _passes(closed / "inside", 61_002)
    assert not _lists(closed, 61_001)


def _passes(folder: Path, uid: int) -> bool:
    return _as(uid, f"import os; os.chdir({str(folder)!r})")


def _lists(folder: Path, uid: int) -> bool:
    return _as(uid, f"import os; os.listdir({str(folder)!r})")


def _as(uid: int, text: str) -> bool:
    done = subprocess.run(
        ["/usr/bin/env", "python3", "-S", "-c", text],
        user=uid,
        group=uid,
        extra_groups=[],
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def test_a_process_is_known_by_its_number_and_its_start() -> None:
    own = trace("own", os.getpid())
    assert own is not None
    assert abs(own.started - psutil.Process().create_time()) < 0.01
