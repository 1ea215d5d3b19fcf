"""How a process of the table is started: its command line and its share of the environment."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from desk.local.belonging import MARK
from desk.local.processes import Process
from desk.local.unprivileged import account_for_postgres

_LAUNCH = Path(__file__).with_name("launch.py")

_FOR_EMBEDDED = ("PATH", "HOME", "TMPDIR", MARK)
_NOT_PASSED_ON = ("PYTHONDONTWRITEBYTECODE",)
"""Without compiled modules every start costs tens of seconds."""


def start_line(process: Process, environment: Mapping[str, str]) -> list[str]:
    """The process's command line behind the launcher that ties it to the calling process."""
    account = account_for_postgres() if process.name == "postgres" else None
    numbers = [os.getpid(), int(process.stop_signal), process.niceness]
    numbers += [-1, -1] if account is None else [account.uid, account.gid]
    launch = [sys.executable, "-I", "-S", str(_LAUNCH), *map(str, numbers)]
    return launch + process.command(environment)


def own_environment(process: Process, environment: Mapping[str, str]) -> dict[str, str]:
    """What the process gets to know: an embedded service none of the desk's secrets."""
    if process.embedded:
        return {name: environment[name] for name in _FOR_EMBEDDED if name in environment}
    return {name: value for name, value in environment.items() if name not in _NOT_PASSED_ON}
