"""`desk up` keeps its processes running, and leaves none behind."""

import json
import os
import signal
import stat
import time
from pathlib import Path

from desk.local.home import Home
from desk.local.inspection import status
from tests.local.running import gone, house, until


def test_the_run_file_is_private_and_names_every_process(tmp_path: Path) -> None:
    with house(tmp_path / "home") as desk:
        run = desk.until_ready()
        mode = stat.S_IMODE((tmp_path / "home" / "run.json").stat().st_mode)
        healthy = status(Home(tmp_path / "home"))
    assert mode == 0o600
    assert [process["name"] for process in run["processes"]] == ["inbox_service", "parent"]
    assert run["processes"][0]["port"] == desk.port
    assert run["pid"] == desk.command.pid
    assert run["urls"]["metrics"] == f"http://127.0.0.1:{desk.port}/metrics"
    assert run["accounts"] == []
    assert {process["health"] for process in healthy["processes"]} == {"healthy"}


def test_a_killed_process_is_started_again_and_the_run_file_says_so(tmp_path: Path) -> None:
    with house(tmp_path / "home") as desk:
        before = desk.until_ready()
        first = desk.kill("inbox_service")
        second = desk.kill("inbox_service")
        after = desk.run
        desk.stop()
        said = desk.said()
    assert after is not None
    assert first != second
    assert after["ready_at"] == before["ready_at"]
    assert "inbox_service was killed by signal 9; it is started again in 0.2 s" in said
    assert "it is started again in 0.4 s" in said
    assert f"inbox_service runs again as process {second}" in said


def test_stopping_leaves_no_process_behind_not_even_grandchildren(tmp_path: Path) -> None:
    with house(tmp_path / "home") as desk:
        desk.until_ready()
        until(lambda: len(desk.family()) >= 4)
        family = desk.family()
        code = desk.stop(signal.SIGINT)
        left = not gone(family)
    assert code == 0
    assert not left
    assert not (tmp_path / "home" / "run.json").exists()


def test_a_process_that_will_not_listen_does_not_hold_up_the_stop(tmp_path: Path) -> None:
    with house(tmp_path / "home", "stubborn") as desk:
        desk.until_ready()
        family = desk.family()
        began = time.monotonic()
        code = desk.stop()
    assert code == 0
    assert time.monotonic() - began < 15
    assert gone(family)


def test_a_killed_desk_up_leaves_no_process_and_starts_again(tmp_path: Path) -> None:
    with house(tmp_path / "home", "stubborn") as desk:
        desk.until_ready()
        until(lambda: len(desk.family()) >= 5)
        family = desk.family()
        desk.command.kill()
        desk.command.wait()
        until(lambda: gone(family), patience=12)
        until(lambda: not (tmp_path / "home" / "run.json").exists())
    with house(tmp_path / "home", port=desk.port) as again:
        again.until_ready()
        assert again.stop() == 0


def test_a_killed_guardian_is_replaced_by_the_next_start(tmp_path: Path) -> None:
    with house(tmp_path / "home", "stubborn") as desk:
        desk.until_ready()
        family = desk.family()
        guardian = next(p for p in family if "desk.local.guardian" in p.cmdline())
        guardian.kill()
        desk.command.kill()
        desk.command.wait()
        assert not gone(family)
    with house(tmp_path / "home", port=desk.port) as again:
        again.until_ready()
        assert gone(family)
        again.stop()
        assert "left over from an earlier run" in again.said()


def test_a_process_that_keeps_dying_ends_the_start_with_its_last_words(tmp_path: Path) -> None:
    with house(tmp_path / "home", "broken") as desk:
        said = desk.said()
    assert desk.command.returncode == 1
    assert "broken does not start: it died 5 times." in said
    assert "the spring is missing" in said
    assert not (tmp_path / "home" / "run.json").exists()


def test_a_process_that_outgrew_its_limit_is_started_anew(tmp_path: Path) -> None:
    with house(tmp_path / "home", "greedy") as desk:
        desk.until_ready()
        before = desk.pid_of("greedy")
        until(lambda: desk.pid_of("greedy") not in (None, before))
        desk.stop()
        said = desk.said()
    assert "MB and is started anew" in said


def test_the_demos_part_of_the_run_file_follows_what_the_demo_writes(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with house(home) as desk:
        desk.until_ready()
        part = home / "demo.json.new"
        part.write_text(json.dumps({"demo": {"history": "complete"}, "accounts": [{"id": 1}]}))
        os.replace(part, home / "demo.json")
        until(lambda: (desk.run or {})["demo"] is not None)
        run = desk.run
    assert run is not None
    assert run["demo"] == {"history": "complete"}
    assert run["accounts"] == [{"id": 1}]
