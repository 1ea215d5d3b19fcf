"""The process: `python -m inbox_service.sockets`, which is `desk worker sockets`."""

import os
import socket
import sys

import structlog
import uvicorn

from desk.settings import Settings, SettingsError
from desk.store.desk import Desk
from desk.watching.begin import begin
from desk.watching.watch import end_watching
from inbox_service.realtime.wire import LARGEST_MESSAGE, Wire
from inbox_service.sockets_app import SocketsApp

BACKLOG = 2048

_log = structlog.get_logger("inbox_service")


def main() -> None:
    """Serve until told to stop; several such processes share one port."""
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        sys.exit(str(error))
    begin("sockets", settings)
    try:
        _serve(settings)
    except Exception:
        _log.critical("process_failed", exc_info=True)
        raise
    finally:
        end_watching()


def _serve(settings: Settings) -> None:
    config = uvicorn.Config(
        SocketsApp(Desk.open(settings)),
        loop="uvloop",
        http="httptools",
        ws=Wire,
        ws_per_message_deflate=False,
        ws_max_size=LARGEST_MESSAGE,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    with shared_door(settings.addresses.bind, settings.addresses.sockets_port) as door:
        uvicorn.Server(config).run(sockets=[door])


def shared_door(host: str, port: int) -> socket.socket:
    """A listening port that the kernel divides among all who open it so."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG, reuse_port=True)


if __name__ == "__main__":
    main()
