"""The `desk` command: what it says, and the exit codes scripts rely on."""

import json
import os
import subprocess
import sys
from pathlib import Path

from desk.version import VERSION
from tests.local.running import ROOT, house, until

BARE = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "NO_COLOR": "1"}


def desk(*arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run the command in surroundings that say nothing."""
    return subprocess.run(
        [sys.executable, "-m", "desk.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=BARE,
        cwd=ROOT,
        check=False,
    )


def test_the_command_tells_its_version() -> None:
    assert desk("version").stdout.strip() == VERSION


def test_status_and_down_serve_scripts(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with house(home) as running:
        running.until_ready()
        status = desk("status", "--home", home, "--json")
        assert status.returncode == 0, status.stderr
        processes = json.loads(status.stdout)["processes"]
        assert {process["health"] for process in processes} == {"healthy"}
        family = running.family()
        stopped = desk("down", "--home", home)
        assert stopped.returncode == 0, stopped.stderr
        assert running.command.wait(5) == 0
        until(lambda: not any(process.is_running() for process in family))


def test_a_dead_process_makes_the_status_fail(tmp_path: Path) -> None:
    with house(tmp_path / "home", "fading") as running:
        running.until_ready()
        seen = []

        def fails() -> bool:
            seen.append(desk("status", "--home", tmp_path / "home", "--json"))
            return seen[-1].returncode == 1

        until(fails)
    words = {each["name"]: each["health"] for each in json.loads(seen[-1].stdout)["processes"]}
    assert words["fading"] == "dead"
    assert words["inbox_service"] == "healthy"


def test_commands_without_a_running_desk_say_how_to_start_one(tmp_path: Path) -> None:
    for arguments in (("sql", "select 1"), ("sync",), ("parked", "list")):
        refused = desk(*arguments, "--home", tmp_path)
        assert refused.returncode == 1
        assert refused.stdout == ""
        assert refused.stderr.strip() == (
            f"No desk runs in {tmp_path}. Start it with: desk up --home {tmp_path}, "
            "or set DATABASE_URL."
        )
    assert desk("status", "--home", tmp_path).stderr.strip() == f"No desk runs in {tmp_path}."
    assert desk("down", "--home", tmp_path).returncode == 1


def test_an_unknown_worker_is_answered_with_the_known_ones() -> None:
    refused = desk("worker", "postgres")
    assert refused.returncode == 1
    assert "There is no postgres. There are: " in refused.stderr
    assert "inbox_service" in refused.stderr


def test_a_worker_without_settings_names_the_one_it_lacks() -> None:
    refused = desk("worker", "databases")
    assert refused.returncode == 1
    assert refused.stderr.startswith("DATABASE_URL is not set.")


def test_the_doctor_looks_at_every_service(tmp_path: Path) -> None:
    said = desk("doctor", "--home", tmp_path).stdout
    for what in ("Python", "PostgreSQL", "Valkey", "Kafka", "DuckDB ducklake", "disk", "port"):
        assert what in said
