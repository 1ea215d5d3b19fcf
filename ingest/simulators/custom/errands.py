"""Brings customers' messages to the desk: one customer's in order, again and again until taken."""

import asyncio
from collections import deque
from collections.abc import Callable

import httpx
import structlog

from ingest.simulators.custom.ledger import Errand, Ledger

LONGEST_PAUSE = 60.0
AT_ONCE = 16
"""Requests under way at the same time."""

log = structlog.get_logger()


def pause_after(refusals: int) -> float:
    """Seconds to wait after so many refusals: twice as long each time, to a minute."""
    return min(0.5 * 2.0 ** min(refusals, 10), LONGEST_PAUSE)


class Errands:
    """Holds a lane for each partner key while it has messages to bring."""

    def __init__(
        self,
        ledger: Ledger,
        http: httpx.AsyncClient,
        pause: Callable[[int], float] = pause_after,
    ) -> None:
        self._ledger = ledger
        self._http = http
        self._pause = pause
        self._lanes: dict[str, deque[Errand]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(AT_ONCE)

    def resume(self) -> None:
        """Go on with what an earlier process left."""
        for errand in self._ledger.errands():
            self.run(errand)

    def run(self, errand: Errand) -> None:
        """The message is in the ledger already; bring it in its turn."""
        lane = self._lanes.get(errand.key)
        if lane is not None:
            lane.append(errand)
            return
        self._lanes[errand.key] = deque([errand])
        task = asyncio.create_task(self._empty(errand.key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _empty(self, key: str) -> None:
        lane = self._lanes[key]
        while lane:
            await self._bring(lane[0])
            lane.popleft()
        del self._lanes[key]

    async def _bring(self, errand: Errand) -> None:
        refusals = 0
        while not await self._over(errand):
            await asyncio.sleep(self._pause(refusals))
            refusals += 1
        self._ledger.done(errand)

    async def _over(self, errand: Errand) -> bool:
        headers = {
            "Authorization": f"Bearer {errand.key}",
            "Content-Type": "application/json",
        }
        async with self._turns:
            try:
                answer = await self._http.post(
                    errand.webhook_url, content=errand.body, headers=headers
                )
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                log.info("desk not reached", kind=type(error).__name__)
                return False
        if answer.is_success:
            return True
        final = 400 <= answer.status_code < 500 and answer.status_code not in (404, 408, 429)
        if final:
            log.warning("message refused", status=answer.status_code)
        return final
