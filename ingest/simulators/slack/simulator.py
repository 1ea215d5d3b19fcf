"""Slack as one of the simulated programs."""

from pathlib import Path

from litestar import Router

from desk.clock import Clock
from ingest.simulators.slack.routes import Workspace, slack_router


class SlackSimulator:
    """One workspace."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._inner = Workspace(folder, clock)

    def router(self) -> Router:
        return slack_router(self._inner)

    async def start(self) -> None:
        """It does nothing by itself."""

    async def close(self) -> None:
        await self._inner.http.aclose()
        self._inner.log.close()
