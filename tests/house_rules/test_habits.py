"""Habits that no linter knows: nothing happens at import, actions do not commit, no foreign hosts."""

import ast
import re
import subprocess
import sys

from tests.house_rules.sources import PACKAGES, ROOT, modules, ours, read

WATCHED_IMPORT = """
import builtins, importlib, os, socket, subprocess, sys, traceback

ROOT = sys.argv[1] + os.sep

def ours_asks():
    # What a library does when it is imported is its own affair.
    for frame in reversed(traceback.extract_stack()[:-2]):
        if "site-packages" in frame.filename:
            return False
        if frame.filename.startswith(ROOT):
            return True
    return False

def forbid(what):
    def refuse(*args, **kwargs):
        if ours_asks():
            raise AssertionError(f"{what} while importing")
        return original[what](*args, **kwargs)
    return refuse

original = {"connect": socket.socket.connect, "popen": subprocess.Popen.__init__}
socket.socket.connect = forbid("connect")
subprocess.Popen.__init__ = forbid("popen")

class Environment(type(os.environ)):
    def __getitem__(self, key):
        last = traceback.extract_stack()[-2]
        if last.filename.startswith(ROOT) and "/.venv/" not in last.filename:
            raise AssertionError(f"{key} is read while importing {last.filename}")
        return super().__getitem__(key)

os.environ.__class__ = Environment
failed = []
for name in sys.argv[2:]:
    try:
        importlib.import_module(name)
    except BaseException as error:
        failed.append(f"{name}: {error!r}")
print("\\n".join(failed))
"""


def test_nothing_happens_when_a_module_is_imported() -> None:
    names = [
        ".".join(path.with_suffix("").parts)
        for path in modules("desk", "ingest", "streams", "inbox_service", "warehouse", "assets")
        if path.name not in ("__init__.py", "__main__.py", "env.py")
        and "versions" not in path.parts
    ]
    failed = subprocess.run(
        [sys.executable, "-c", WATCHED_IMPORT, str(ROOT), *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert failed == ""


def test_actions_and_rules_never_commit() -> None:
    commits = [
        f"{path}:{node.lineno}"
        for path in modules("desk")
        if path.parts[1] in ("actions", "rules", "automation")
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.Attribute) and node.attr in ("commit", "rollback")
    ]
    assert commits == []


def test_rules_read_no_clock_and_open_nothing() -> None:
    forbidden = {"datetime.now", "time.time", "date.today", "random.random", "open"}
    guilty = [
        f"{path}:{node.lineno}"
        for path in modules("desk")
        if path.parts[1] == "rules"
        for node in ast.walk(ast.parse(read(path)))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in forbidden
    ]
    assert guilty == []


def test_no_file_names_a_package_registry_or_a_place_on_somebodys_machine() -> None:
    # Written in halves, so that this file does not name them either.
    hosts = ("pypi." + "org", "files.python" + "hosted", "registry.npm" + "js", "/wo" + "rk/")
    pattern = re.compile("|".join(map(re.escape, hosts)))
    guilty = [
        str(path)
        for path in ours()
        if path.suffix in _TEXTS and pattern.search(read(path)) is not None
    ]
    assert guilty == []


def test_the_lock_of_the_pages_libraries_names_no_host() -> None:
    assert '"resolved"' not in read(next(p for p in ours() if p.name == "package-lock.json"))


_TEXTS = {
    ".py", ".md", ".toml", ".yaml", ".yml", ".json", ".js", ".html", ".css", ".sql", ".txt", ".lock",
    ".example", "",
}  # fmt: skip


def test_every_package_has_files() -> None:
    assert {path.parts[0] for path in modules(*PACKAGES)} == set(PACKAGES)
