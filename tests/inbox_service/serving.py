"""The service on a real port, in a thread of its own, as its process runs it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from desk.clock import Clock
from desk.settings import Settings
from desk.store.desk import Desk
from inbox_service.app import build_app
from inbox_service.realtime.wire import LARGEST_MESSAGE, Wire


@contextmanager
def serving(settings: Settings, clock: Clock) -> Iterator[str]:
    """Serve until the block ends; gives the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(
            build_app(Desk.open(settings, clock=clock, connections=4)),
            host="127.0.0.1",
            port=port,
            loop="uvloop",
            ws=Wire,
            ws_per_message_deflate=False,
            ws_max_size=LARGEST_MESSAGE,
            access_log=False,
            log_config=None,
            timeout_graceful_shutdown=2,
        )
    )
    thread = threading.Thread(target=server.run, name="inbox service", daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        if not thread.is_alive() or time.monotonic() > until:
            raise RuntimeError("the service does not start")
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(15)
    assert not thread.is_alive(), "the service does not stop"
