"""The ping every client waits for, in thirty lots so that no tick has to reach everybody."""

import asyncio
from itertools import cycle

from desk.clock import Clock
from inbox_service.realtime.framing import ping, text_frame
from inbox_service.realtime.wire import Wire

EVERY_SECONDS = 3.0
LOTS = 30


class Heartbeat:
    """Writes pings; sockets join the lot with the fewest."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lots: tuple[set[Wire], ...] = tuple(set() for _ in range(LOTS))
        self._lot_of: dict[Wire, set[Wire]] = {}
        self._somebody = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        return len(self._lot_of)

    def start(self) -> None:
        self._task = asyncio.create_task(self._beat(), name="heartbeat")

    def close(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def join(self, wire: Wire) -> None:
        """From now on the socket is pinged."""
        lot = min(self._lots, key=len)
        lot.add(wire)
        self._lot_of[wire] = lot
        self._somebody.set()

    def leave(self, wire: Wire) -> None:
        """Nothing may be written to the socket any more."""
        lot = self._lot_of.pop(wire, None)
        if lot is not None:
            lot.discard(wire)
        if not self._lot_of:
            self._somebody.clear()

    async def _beat(self) -> None:
        for lot in cycle(self._lots):
            await self._somebody.wait()
            await asyncio.sleep(EVERY_SECONDS / LOTS)
            if lot:
                frame = text_frame(ping(int(self._clock.now().timestamp())))
                for wire in list(lot):
                    wire.write(frame)
