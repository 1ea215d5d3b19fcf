"""Small modules with telling names, in the layers of the house."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.house_rules.sources import PACKAGES, ROOT, modules, ours, read

MOST_LINES = 400
VAGUE = {
    "util",
    "utils",
    "helper",
    "helpers",
    "common",
    "manager",
    "managers",
    "misc",
    "base_utils",
}


def test_no_module_is_longer_than_the_cap() -> None:
    scripts = [path for path in ours() if path.suffix == ".js"]
    written = [path for path in modules(*PACKAGES, "tests", "benchmarks") if not _recorded(path)]
    everything = [*written, *scripts]
    long = {str(path): lines for path in everything if (lines := _lines(path)) > MOST_LINES}
    assert long == {}


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = [path for path in ours() if VAGUE & {part.split(".")[0] for part in path.parts}]
    assert vague == []


def test_the_import_contracts_hold() -> None:
    checked = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_package_is_the_one_of_this_checkout() -> None:
    code = f"import {', '.join(PACKAGES)} as last\n" + "".join(
        f"print({name}.__file__)\n" for name in PACKAGES[:-1]
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert [Path(file).parent.parent for file in told] == [ROOT] * (len(PACKAGES) - 1)


def test_every_module_says_in_a_docstring_what_it_is() -> None:
    silent = [
        path
        for path in modules(*PACKAGES)
        if (text := read(path)).strip() and ast.get_docstring(ast.parse(text)) is None
    ]
    assert silent == []


def test_tests_are_named_by_sentences() -> None:
    names = [
        node.name
        for path in modules("tests")
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    ]
    assert [name for name in names if len(name.split("_")) < 4] == []


def _recorded(path: Path) -> bool:
    """A migration is a record of one day, not something that people change."""
    return path.parts[:3] == ("desk", "migrations", "versions")


def _lines(path: Path) -> int:
    return len(read(path).splitlines())
