"""The wheel: built as the image builds it, it holds every file that a checkout serves."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house_rules.sources import PACKAGES, ROOT, ours

pytestmark = pytest.mark.slow

NOT_SERVED = {"tsconfig.json", "actioncable.d.ts", "types.d.ts"}
"""For those who work on the page's modules."""


SERVES_ITS_PAGE = """
import sys
sys.path.insert(0, sys.argv[1])
sys.prefix = sys.argv[2]
from inbox_service.pages import assets
assert assets.__file__.startswith(sys.argv[1])
shelf = assets.AssetShelf().current()
assert all(path in shelf.files for path in shelf.libraries.values())
print(len(shelf.libraries))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from what is or would be committed."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for path in ours():
        if path.parts[0] in PACKAGES or path.name in (
            "pyproject.toml", "README.md", "dagster.yaml", "workspace.yaml",
        ):  # fmt: skip
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, source / path)
    (source / "node_modules").symlink_to(ROOT / "node_modules")
    subprocess.run(
        [Path(sys.executable).with_name("uv"), "build", "--quiet", "--wheel", "-o", folder, source],
        check=True,
    )
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    """What is in it."""
    return set(zipfile.ZipFile(wheel).namelist())


def test_an_installed_page_finds_its_libraries(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    [prefix] = tmp_path.glob("streamdesk-*.data/data")
    done = subprocess.run(
        [sys.executable, "-c", SERVES_ITS_PAGE, str(tmp_path), str(prefix)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip() == "6", done.stderr


def test_every_file_of_our_packages_is_in_the_wheel(names: set[str]) -> None:
    missing = [
        path.as_posix()
        for path in ours()
        if path.parts[0] in PACKAGES
        and path.name not in NOT_SERVED
        and path.as_posix() not in names
    ]
    assert missing == []


def test_the_pages_libraries_and_dagsters_settings_are_in_the_wheel(names: set[str]) -> None:
    shared = {name.partition("/share/streamdesk/")[2] for name in names}
    assert {"dagster.yaml", "workspace.yaml"} <= shared
    assert {
        "node_modules/preact/dist/preact.mjs",
        "node_modules/preact/hooks/dist/hooks.mjs",
        "node_modules/htm/dist/htm.module.js",
        "node_modules/@preact/signals/dist/signals.module.js",
        "node_modules/@preact/signals-core/dist/signals-core.module.js",
        "node_modules/@rails/actioncable/app/assets/javascripts/actioncable.esm.js",
    } <= shared


def test_the_wheel_holds_no_tests_and_nobodys_data(names: set[str]) -> None:
    top = {name.split("/")[0] for name in names}
    assert {name for name in top if not name.startswith("streamdesk-")} == set(PACKAGES)
