"""What `desk up` cannot do it says in a sentence, and leaves with a code that is not zero."""

import shutil
import socket
from pathlib import Path
from typing import NamedTuple

import pytest

from desk.local.home import Home
from desk.local.refusal import Refusal
from desk.version import VERSION
from tests.local.running import a_free_port, house


def test_a_port_in_use_is_refused(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with house(tmp_path / "home", port=taken.getsockname()[1]) as desk:
            said = desk.said()
    assert desk.command.returncode == 1
    assert said.strip() == (
        f"Port {taken_port(said)} is in use by another program. Choose another with --port."
    )


def taken_port(said: str) -> str:
    return said.split()[1]


def test_a_home_that_runs_already_is_refused_with_the_way_to_stop_it(tmp_path: Path) -> None:
    with house(tmp_path / "home") as desk:
        desk.until_ready()
        with house(tmp_path / "home", port=a_free_port()) as second:
            said = second.said()
        assert second.command.returncode == 1
        assert f"already runs in {tmp_path / 'home'} (process {desk.command.pid})" in said
        assert f"desk down --home {tmp_path / 'home'}" in said
        assert desk.run is not None


def test_a_home_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "version.json").write_text('{"version": "99.0.0"}')
    with house(tmp_path) as desk:
        said = desk.said()
    assert desk.command.returncode == 1
    assert "was made by Streamdesk 99.0.0, which is newer than this" in said


def test_a_home_of_an_older_version_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "version.json").write_text('{"version": "0.0.1"}')
    home = Home(tmp_path)
    with home.claimed(VERSION):
        home.lay_out(VERSION)
    assert f'"{VERSION}"' in home.version_file.read_text()


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("Dear …")
    with pytest.raises(Refusal, match="is no Streamdesk home"), Home(tmp_path).claimed(VERSION):
        pass
    assert [entry.name for entry in tmp_path.iterdir()] == ["letters.txt"]


def test_a_full_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free=12 * 1024**2))
    home = Home(tmp_path)
    with home.claimed(VERSION), pytest.raises(Refusal, match="Only 12 MB are free"):
        home.lay_out(VERSION)


def test_the_claim_ends_with_the_block_and_names_its_holder(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.holder() is None
    with home.claimed(VERSION):
        assert home.holder() is not None
    assert home.holder() is None
