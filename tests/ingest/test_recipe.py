"""The recipe for a channel, followed literally, makes one that passes the suite."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECIPE = ROOT / "docs" / "recipes" / "channel.md"

FILE = re.compile(r"^\*\*([\w./]+)\*\*\n\n```(?:python|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DIFF = re.compile(r"^`([\w./]+)` gets .*?\n\n```diff\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^```\n(python .*?)\n```$", re.MULTILINE)


def house(folder: Path) -> Path:
    """A copy of the parts the recipe touches, in the middle of the others."""
    for name in ("ingest", "tests"):
        shutil.copytree(
            ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
        )
    for name in ("desk", "streams", "inbox_service", "warehouse", "assets", "pyproject.toml"):
        (folder / name).symlink_to(ROOT / name)
    return folder


def follow(recipe: str, folder: Path) -> list[str]:
    """Write what the recipe says into the house; the files written."""
    written = []
    for name, text in FILE.findall(recipe):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
        written.append(name)
    for name, change in DIFF.findall(recipe):
        (folder / name).write_text(changed((folder / name).read_text(), change))
        written.append(name)
    return written


def changed(text: str, change: str) -> str:
    """Each added line stands before the next line that was there, or after the one before."""
    anchor, added = "", []
    for line in change.splitlines():
        if line.startswith("+"):
            added.append(line[1:])
            if anchor:
                text = text.replace(anchor, f"{anchor}\n" + "\n".join(added), 1)
                added = []
        else:
            anchor = line[1:]
            assert text.count(anchor) == 1, anchor
            if added:
                text = text.replace(anchor, "\n".join([*added, "", anchor]), 1)
                added = []
    return text


@pytest.mark.timeout(600)
def test_the_recipe_followed_literally_adds_a_channel(tmp_path: Path) -> None:
    recipe = RECIPE.read_text()
    folder = house(tmp_path)
    written = follow(recipe, folder)
    assert {name.split("/")[0] for name in written} == {"ingest", "tests"}
    assert len(written) == 6
    (command,) = COMMAND.findall(recipe)
    arguments = command.split()[1:]
    told = subprocess.run(
        [sys.executable, *arguments, "-q", "-p", "no:xdist", "-p", "no:cacheprovider"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-4000:] + told.stderr[-2000:]
    passed = re.search(r"(\d+) passed", told.stdout)
    assert passed is not None
    assert int(passed[1]) >= 25, told.stdout[-500:]
