"""`python -m ingest.simulators.main`: the simulated providers, on this machine only."""

import os
import sys

import uvicorn

from desk.clock import SystemClock
from desk.logs import configure_logs
from desk.settings import Settings, SettingsError
from ingest.simulators.app import build_app


def main() -> None:
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        sys.exit(str(error))
    if not settings.addresses.simulators_port:
        sys.exit("STREAMDESK_SIMULATORS_PORT is not set. Give it a free port's number.")
    configure_logs("simulators", settings.log_level)
    uvicorn.run(
        build_app(
            settings.home / "simulators",
            SystemClock(),
            smtp_port=settings.addresses.simulators_smtp_port,
        ),
        host="127.0.0.1",
        port=settings.addresses.simulators_port,
        log_level=settings.log_level,
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=3,
    )


if __name__ == "__main__":
    main()
