"""Brings hooks to the desk's webhook: in order within a lane, again and again until taken."""

import asyncio
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

import httpx
import structlog

from desk.clock import Clock
from ingest.simulators.whatsapp.hooks import signatures
from ingest.simulators.whatsapp.ledger import Ledger, PendingHook

LONGEST_PAUSE = timedelta(minutes=2)
GIVE_UP_AFTER = timedelta(hours=36)
AT_ONCE = 32
"""Requests under way at the same time."""

log = structlog.get_logger()


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many refusals: twice as long each time, to two minutes."""
    return min(timedelta(seconds=2.0 ** min(attempts, 10)), LONGEST_PAUSE)


class Delivery:
    """Holds a lane for each customer and for each message's receipts while they have hooks."""

    def __init__(
        self,
        ledger: Ledger,
        http: httpx.AsyncClient,
        clock: Clock,
        pause: Callable[[int], timedelta] = pause_after,
    ) -> None:
        self._ledger = ledger
        self._http = http
        self._clock = clock
        self._pause = pause
        self._lanes: dict[str, deque[PendingHook]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns = asyncio.Semaphore(AT_ONCE)

    def resume(self) -> None:
        """Go on with what an earlier process left."""
        for hook in self._ledger.pending_hooks():
            self.enqueue(hook)

    def enqueue(self, hook: PendingHook) -> None:
        """The hook is already in the ledger; bring it when it is due."""
        lane = self._lanes.get(hook.lane)
        if lane is not None:
            lane.append(hook)
            return
        self._lanes[hook.lane] = deque([hook])
        task = asyncio.create_task(self._empty(hook.lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _empty(self, name: str) -> None:
        lane = self._lanes[name]
        while lane:
            await self._bring(lane[0])
            lane.popleft()
        del self._lanes[name]

    async def _bring(self, hook: PendingHook) -> None:
        due_at, attempts, began = hook.due_at, hook.attempts, hook.due_at
        while True:
            await self._until(due_at)
            if await self._taken(hook):
                break
            now = self._clock.now()
            if now - began > GIVE_UP_AFTER:
                log.warning("webhook given up", phone_number_id=hook.phone_number_id)
                break
            due_at = now + self._pause(attempts)
            attempts += 1
            self._ledger.postpone_hook(hook.id, due_at)
        self._ledger.remove_hook(hook.id)

    async def _until(self, due_at: datetime) -> None:
        seconds = (due_at - self._clock.now()).total_seconds()
        if seconds > 0:
            await asyncio.sleep(seconds)

    async def _taken(self, hook: PendingHook) -> bool:
        number = self._ledger.number(hook.phone_number_id)
        if number is None:
            return False
        try:
            async with self._turns:
                answer = await self._http.post(
                    number.webhook_url, content=hook.body, headers=signatures(number, hook.body)
                )
        except httpx.HTTPError as error:
            log.info("webhook not delivered", error=type(error).__name__)
            return False
        if not answer.is_success:
            log.info("webhook not taken", status=answer.status_code)
        return answer.is_success
