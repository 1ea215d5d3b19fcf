"""The process: `python -m inbox_service.main`."""

import os
import sys

import structlog
import uvicorn

from desk.settings import Settings, SettingsError
from desk.store.desk import Desk
from desk.watching.begin import begin
from desk.watching.watch import end_watching
from inbox_service.app import build_app
from inbox_service.one_write import HttpInOneWrite
from inbox_service.realtime.wire import LARGEST_MESSAGE, Wire

_log = structlog.get_logger("inbox_service")


def main() -> None:
    """Serve until told to stop."""
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        sys.exit(str(error))
    begin("inbox_service", settings)
    try:
        _serve(settings)
    except Exception:
        _log.critical("process_failed", exc_info=True)
        raise
    finally:
        end_watching()


def _serve(settings: Settings) -> None:
    uvicorn.run(
        build_app(Desk.open(settings)),
        host=settings.addresses.bind,
        port=settings.addresses.port,
        loop="uvloop",
        http=HttpInOneWrite,
        ws=Wire,
        ws_per_message_deflate=False,
        ws_max_size=LARGEST_MESSAGE,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main()
