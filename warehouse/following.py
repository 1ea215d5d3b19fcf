"""Knows the lake's newest whole snapshot all the time, told by Postgres instead of asking."""

import threading
from collections.abc import Callable
from time import monotonic
from typing import Any

import psycopg

from desk.settings import Storage
from warehouse.freshness import FRESHNESS_QUERY, TOLD_ON, Snapshot

ASKED_EVERY = 10.0
"""Seconds after which it is asked all the same: a broken connection may not say that it is."""

BELIEVED = 15.0
"""Seconds for which an answer is taken for true."""

_AGAIN_AFTER = 1.0


class Following:
    """One connection that listens, and a thread that waits for it; both only while asked for."""

    def __init__(self, storage: Storage, moved_on: Callable[[Snapshot], None]) -> None:
        self._storage = storage
        self._moved_on = moved_on
        self._stop = threading.Event()
        self._newest: Snapshot | None = None
        self._confirmed = 0.0
        self._thread = threading.Thread(target=self._run, name="lake-following", daemon=True)
        self._thread.start()

    def newest(self) -> Snapshot | None:
        """The newest snapshot, or nothing while it is not known for certain."""
        return self._newest if monotonic() - self._confirmed < BELIEVED else None

    def stop(self) -> None:
        """Let the connection go."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with psycopg.connect(
                    self._storage.lake_catalog_url,
                    autocommit=True,
                    connect_timeout=5,
                    application_name="streamdesk lake following",
                ) as connection:
                    connection.execute(f"listen {TOLD_ON}")
                    self._listen(connection)
            except psycopg.Error:
                # Whoever asks meanwhile asks the lake itself, and hears from it what is wrong.
                self._stop.wait(_AGAIN_AFTER)

    def _listen(self, connection: psycopg.Connection[Any]) -> None:
        while not self._stop.is_set():
            row = connection.execute(FRESHNESS_QUERY).fetchone()
            if row is not None:
                found = Snapshot(row[0], row[1])
                if self._newest is None or found.id != self._newest.id:
                    self._moved_on(found)
                self._newest = found
                self._confirmed = monotonic()
            for _ in connection.notifies(timeout=ASKED_EVERY, stop_after=1):
                pass
