"""Twilio, as far as texts go out as one of the simulated programs."""

from pathlib import Path

from litestar import Router

from desk.clock import Clock
from ingest.simulators.sms.routes import Twilio, sms_router


class SmsSimulator:
    """Twilio, as far as texts go out."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._inner = Twilio(folder, clock)

    def router(self) -> Router:
        return sms_router(self._inner)

    async def start(self) -> None:
        """It does nothing by itself."""

    async def close(self) -> None:
        self._inner.log.close()
