"""Zapier's catch hooks as one of the simulated programs."""

from pathlib import Path

from litestar import Router

from desk.clock import Clock
from ingest.simulators.zapier.routes import Zapier, zapier_router


class ZapierSimulator:
    """Zapier's catch hooks."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._inner = Zapier(folder, clock)

    def router(self) -> Router:
        return zapier_router(self._inner)

    async def start(self) -> None:
        """It does nothing by itself."""

    async def close(self) -> None:
        self._inner.log.close()
