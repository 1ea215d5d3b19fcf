"""How Dagster's three processes find their settings, their database and the one code server."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from desk.local.refusal import Refusal

WORKSPACE = """\
load_from:
  - grpc_server:
      host: {host}
      port: {port}
      location_name: streamdesk
"""


def settings_file(root: Path) -> Path:
    """Our dagster.yaml: beside the packages in a checkout, under share/ when installed."""
    for folder in (root, Path(sys.prefix) / "share" / "streamdesk"):
        if (folder / "dagster.yaml").exists():
            return folder / "dagster.yaml"
    raise Refusal("no_dagster_settings", f"dagster.yaml is missing from {root}.")


def prepare(environment: Mapping[str, str]) -> None:
    """Lay out DAGSTER_HOME: our settings, and a workspace that names the shared code server."""
    home = Path(environment["DAGSTER_HOME"])
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(settings_file(Path(environment["STREAMDESK_ROOT"])), home / "dagster.yaml")
    (home / "workspace.yaml").write_text(
        WORKSPACE.format(
            host=environment["STREAMDESK_DAGSTER_CODE_HOST"],
            port=environment["STREAMDESK_DAGSTER_CODE_PORT"],
        )
    )


def code_command(environment: Mapping[str, str]) -> list[str]:
    """The code server: the only process that loads our assets."""
    return [
        *(sys.executable, "-m", "dagster", "api", "grpc", "--module-name", "assets.definitions"),
        *("--host", environment["STREAMDESK_BIND"]),
        *("--port", environment["STREAMDESK_DAGSTER_CODE_PORT"]),
        *("--location-name", "streamdesk", "--log-level", "warning"),
    ]


def webserver_command(environment: Mapping[str, str]) -> list[str]:
    """Dagster's own pages."""
    return [
        *(sys.executable, "-m", "dagster_webserver", "--host", environment["STREAMDESK_BIND"]),
        *("--port", environment["STREAMDESK_DAGSTER_PORT"], "--dagster-log-level", "warning"),
        *("--workspace", str(Path(environment["DAGSTER_HOME"]) / "workspace.yaml")),
    ]


def daemon_command(environment: Mapping[str, str]) -> list[str]:
    """Sensors, schedules and the queue of runs."""
    return [
        *(sys.executable, "-m", "dagster._daemon", "run", "--log-level", "warning"),
        *("--workspace", str(Path(environment["DAGSTER_HOME"]) / "workspace.yaml")),
    ]
