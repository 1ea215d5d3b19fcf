"""Dialogflow as one of the simulated programs."""

from pathlib import Path

from litestar import Router

from desk.clock import Clock
from ingest.simulators.dialogflow.routes import DialogflowAgent, dialogflow_router


class DialogflowSimulator:
    """One agent."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._inner = DialogflowAgent(folder, clock)

    def router(self) -> Router:
        return dialogflow_router(self._inner)

    async def start(self) -> None:
        """It does nothing by itself."""

    async def close(self) -> None:
        self._inner.log.close()
