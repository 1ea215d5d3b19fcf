"""A `desk up` with a table of its own: `python -m tests.local.small_house TABLE HOME PORT`."""

import os
import signal
import sys
from pathlib import Path

from rich.console import Console

from desk.local import supervisor
from desk.local.environment import Options
from desk.local.processes import PROCESSES, Command, Environment, Process, Wave
from desk.local.readiness import answers
from desk.local.refusal import Refusal
from desk.local.up import up


def script(text: str) -> Command:
    """A process that is a few lines of Python."""

    def command(_: Environment) -> list[str]:
        return [sys.executable, "-S", "-c", text]

    return command


def web(environment: Environment) -> list[str]:
    """Something that answers on the inbox's port."""
    address = ("--bind", "127.0.0.1", environment["STREAMDESK_PORT"])
    return [sys.executable, "-m", "http.server", *address]


PARENT = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"],
                 start_new_session=True)
time.sleep(600)
"""

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
time.sleep(600)
"""

STAND_INS = (
    Process(name="first", command=script("print('done')"), wave=Wave.SERVICES, once=True),
    Process(
        name="inbox_service",
        command=web,
        wave=Wave.DESK,
        after=("first",),
        ready=answers("STREAMDESK_PORT", "/"),
        port="STREAMDESK_PORT",
    ),
    Process(name="parent", command=script(PARENT), wave=Wave.REPORTS, after=("inbox_service",)),
)

TABLES = {
    "stand-ins": STAND_INS,
    "stubborn": (
        *STAND_INS,
        Process(name="stubborn", command=script(STUBBORN), wave=Wave.DESK, settles=0.3),
    ),
    "broken": (
        *STAND_INS,
        Process(
            name="broken",
            command=script("raise SystemExit('the spring is missing')"),
            wave=Wave.DESK,
            stop_signal=signal.SIGTERM,
            settles=5,
        ),
    ),
    "fading": (
        *STAND_INS,
        Process(
            name="fading",
            command=script("import time; time.sleep(1)"),
            wave=Wave.DESK,
            settles=0.5,
        ),
    ),
    "greedy": (
        *STAND_INS,
        Process(
            name="greedy",
            command=script("import time; time.sleep(600)"),
            wave=Wave.DESK,
            settles=0.2,
            memory_limit=1024,
        ),
    ),
    "services": tuple(process for process in PROCESSES if process.embedded),
}

ELSEWHERE = {
    "DATABASE_URL": "postgresql://streamdesk:word@127.0.0.1:1/streamdesk",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "KAFKA_URL": "127.0.0.1:1",
}
"""For tables without services of their own."""


def main(table: str, home: str, port: str) -> None:
    """Run it as the `desk` command would."""
    supervisor.MEMORY_LOOK_EVERY = 0.5
    given = {} if table == "services" else ELSEWHERE
    options = Options(home=Path(home), port=int(port), browser=False)
    try:
        up(options, {**os.environ, **given}, Console(), TABLES[table])
    except Refusal as refusal:
        sys.exit(refusal.sentence)


if __name__ == "__main__":
    main(*sys.argv[1:])
