"""What every process of a home is told, composed once at the start of a run."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import msgspec

import desk
from desk.local import postgres, valkey
from desk.local.home import Home
from desk.local.ports import choose_ports
from desk.local.processes import Process

ROOT = Path(desk.__file__).resolve().parent.parent
"""The folder that holds our packages: the checkout, or site-packages."""

DEFAULTS = {
    "STREAMDESK_BIND": "127.0.0.1",
    "STREAMDESK_PORT": "3000",
    "STREAMDESK_SOCKETS_PORT": "3001",
    "STREAMDESK_SMTP_PORT": "2525",
    "STREAMDESK_DASHBOARDS_PORT": "8501",
    "STREAMDESK_DAGSTER_PORT": "3070",
    "STREAMDESK_DAGSTER_CODE_PORT": "4000",
    "STREAMDESK_DAGSTER_CODE_HOST": "127.0.0.1",
}
"""What a process started alone (`desk worker`) takes where the surroundings say nothing."""


class Options(msgspec.Struct, frozen=True):
    """What was asked of `desk up`."""

    home: Path
    port: int = 3000
    demo: bool = False
    demo_rate: float = 1.0
    demo_days: int = 90
    browser: bool = True


def table_for(
    table: Iterable[Process], surroundings: Mapping[str, str], *, demo: bool
) -> tuple[Process, ...]:
    """The processes that run here: none that a URL replaces or another does, the demo's if wanted."""
    return tuple(
        process
        for process in table
        if not (process.replaced_by and surroundings.get(process.replaced_by))
        and (demo or not process.demo)
        and process.within is None
    )


def compose(
    home: Home, options: Options, table: Iterable[Process], surroundings: Mapping[str, str]
) -> dict[str, str]:
    """The environment of every process: the surroundings, and what this run adds to them."""
    asked = [port for process in table for port in (process.port, *process.further_ports)]
    variables = [variable for variable in asked if variable != "STREAMDESK_PORT"]
    ports = choose_ports(home.folder, [variable for variable in variables if variable])
    given = {name: value for name, value in surroundings.items() if value}
    environment = {
        **{variable: str(port) for variable, port in ports.items()},
        "STREAMDESK_ROOT": str(ROOT),
        "STREAMDESK_HOME": str(home.folder),
        "STREAMDESK_PORT": str(options.port),
        "STREAMDESK_BIND": DEFAULTS["STREAMDESK_BIND"],
        "STREAMDESK_DAGSTER_CODE_HOST": DEFAULTS["STREAMDESK_DAGSTER_CODE_HOST"],
        "DAGSTER_HOME": str(home.dagster),
        "DEMO_RATE": f"{options.demo_rate:g}",
        "DEMO_DAYS": str(options.demo_days),
        "PYTHONUNBUFFERED": "1",
    }
    environment["PYTHONPATH"] = ":".join(filter(None, [str(ROOT), given.get("PYTHONPATH")]))
    if "STREAMDESK_SECRET" not in given:
        environment["STREAMDESK_SECRET"] = home.secret("secret")
    if options.demo:
        environment["DESK_ALLOW_PRIVATE_TARGETS"] = "true"
    for variable, port in (
        ("STREAMDESK_PUBLIC_URL", options.port),
        ("STREAMDESK_SIMULATORS_URL", ports.get("STREAMDESK_SIMULATORS_PORT")),
        ("STREAMDESK_DASHBOARDS_URL", ports.get("STREAMDESK_DASHBOARDS_PORT")),
        ("STREAMDESK_DAGSTER_URL", ports.get("STREAMDESK_DAGSTER_PORT")),
    ):
        if variable not in given and port is not None:
            environment[variable] = f"http://127.0.0.1:{port}"
    environment |= _embedded(home, ports, given) | _mail(ports, given)
    return {**given, **environment} | _databases(given, environment)


def _mail(ports: Mapping[str, int], given: Mapping[str, str]) -> dict[str, str]:
    added: dict[str, str] = {}
    if "STREAMDESK_SMTP" not in given and "STREAMDESK_SMTP_PORT" in ports:
        added["STREAMDESK_SMTP"] = f"127.0.0.1:{ports['STREAMDESK_SMTP_PORT']}"
    if "SMTP_URL" not in given and "STREAMDESK_SIMULATORS_SMTP_PORT" in ports:
        added["SMTP_URL"] = f"smtp://127.0.0.1:{ports['STREAMDESK_SIMULATORS_SMTP_PORT']}"
    return added


def _embedded(home: Home, ports: Mapping[str, int], given: Mapping[str, str]) -> dict[str, str]:
    added: dict[str, str] = {}
    if "DATABASE_URL" not in given:
        port = ports["STREAMDESK_POSTGRES_PORT"]
        added["DATABASE_URL"] = postgres.url(port, home.password("postgres_password"))
    if "REDIS_URL" not in given:
        port = ports["STREAMDESK_VALKEY_PORT"]
        added["REDIS_URL"] = valkey.url(port, home.password("valkey_password"))
    if "KAFKA_URL" not in given:
        added["KAFKA_URL"] = f"127.0.0.1:{ports['STREAMDESK_BROKER_PORT']}"
        added["STREAMDESK_EMBEDDED_BROKER"] = "true"
    return added


def _databases(given: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str]:
    """The lake's and Dagster's databases: beside the desk's, unless they are named."""
    desk_url = environment.get("DATABASE_URL") or given["DATABASE_URL"]
    return {
        "LAKE_CATALOG_URL": given.get("LAKE_CATALOG_URL") or beside(desk_url, "lake"),
        "DAGSTER_DATABASE_URL": for_dagster(
            given.get("DAGSTER_DATABASE_URL") or beside(desk_url, "dagster")
        ),
    }


def beside(database_url: str, suffix: str) -> str:
    """The same server's database whose name ends in `_suffix`."""
    parts = urlsplit(database_url)
    return urlunsplit(parts._replace(path=f"{parts.path}_{suffix}"))


def for_dagster(database_url: str) -> str:
    """Dagster speaks to Postgres through psycopg2 only, and has to be told so."""
    return urlunsplit(urlsplit(database_url)._replace(scheme="postgresql+psycopg2"))


def alone(surroundings: Mapping[str, str]) -> dict[str, str]:
    """The environment of a process started by itself, as in production."""
    home = Home(Path(surroundings.get("STREAMDESK_HOME") or "~/.streamdesk"))
    environment = {**DEFAULTS, "STREAMDESK_ROOT": str(ROOT), "DAGSTER_HOME": str(home.dagster)}
    environment |= {name: value for name, value in surroundings.items() if value}
    environment["STREAMDESK_HOME"] = str(home.folder)
    if "DATABASE_URL" in environment:
        environment |= _databases(environment, {})
    environment["PYTHONPATH"] = ":".join(filter(None, [str(ROOT), surroundings.get("PYTHONPATH")]))
    return environment
