"""The partner as the simulators' application serves it."""

from pathlib import Path

import httpx
from litestar import Router
from litestar.di import Provide

from desk.clock import Clock
from ingest.simulators.custom.errands import Errands
from ingest.simulators.custom.ledger import Ledger
from ingest.simulators.custom.partner import Partner
from ingest.simulators.custom.routes import custom_router


class CustomSimulator:
    """Keeps what it accepts in a folder; goes on where an earlier process stopped."""

    def __init__(self, folder: Path, http: httpx.AsyncClient, clock: Clock) -> None:
        self._ledger = Ledger(folder)
        self._errands = Errands(self._ledger, http)
        self._partner = Partner(self._ledger, self._errands, clock)

    def router(self) -> Router:
        """The routes under `/custom`."""
        return custom_router(Provide(lambda: self._partner, sync_to_thread=False))

    async def start(self) -> None:
        self._errands.resume()

    async def close(self) -> None:
        await self._errands.close()
        self._ledger.close()
