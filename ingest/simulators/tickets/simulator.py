"""The ticket system as one of the simulated programs."""

from pathlib import Path

from litestar import Router

from desk.clock import Clock
from ingest.simulators.tickets.routes import TicketSystem, tickets_router


class TicketsSimulator:
    """The ticket system."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._inner = TicketSystem(folder, clock)

    def router(self) -> Router:
        return tickets_router(self._inner)

    async def start(self) -> None:
        """It does nothing by itself."""

    async def close(self) -> None:
        self._inner.log.close()
