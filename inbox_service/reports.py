"""Reports out of the lake, asked in a thread of their own so that no socket waits for them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from desk.settings import Storage
from desk.words.ids import AccountId
from warehouse.lake import Lake
from warehouse.period import Period
from warehouse.standard_reports import (
    AgentPerformance,
    ConversationTrends,
    agent_performance,
    conversation_trends,
)

T = TypeVar("T")


class Reports:
    """One kept connection to the lake; opened when the first report is asked for."""

    def __init__(self, storage: Storage) -> None:
        self._lake = Lake.ready(storage)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reports")

    async def agent_performance(self, account_id: AccountId, period: Period) -> AgentPerformance:
        """What each agent did in the period."""
        return await self._ask(lambda: agent_performance(self._lake, account_id, period))

    async def conversation_trends(
        self, account_id: AccountId, period: Period
    ) -> ConversationTrends:
        """How many conversations began on each day of the period."""
        return await self._ask(lambda: conversation_trends(self._lake, account_id, period))

    async def ask(self, question: Callable[[Lake], T]) -> T:
        """Whatever else the lake can answer."""
        return await self._ask(lambda: question(self._lake))

    def close(self) -> None:
        """Let the lake go."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._lake.close()

    async def _ask(self, question: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, question)
