"""Customers who write all the time while something goes wrong, and what that cost them."""

import os
import time
from collections.abc import Callable

from tests.kafka.fault_table import Cost
from tests.streams.customers import Customers
from tests.streams.live_house import LiveHouse

THOROUGH = os.environ.get("STREAMDESK_ALL_TURNS") == "1"
ROUNDS = 5 if THOROUGH else 1
"""How often each fault is tried."""

EVERY_SECONDS = 0.1
AT_ONCE = 10
REPEATED = 1
PATIENCE = 150.0
"""Longer than the relay needs to send again what a worker lost sight of."""


class Storm:
    """A hundred messages a second and ten repetitions, for as long as somebody waits."""

    def __init__(self, house: LiveHouse, customers: Customers) -> None:
        self._house, self._customers = house, customers
        self._next = time.monotonic()

    def blow(self, seconds: float) -> None:
        """For so long, whatever happens."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > end)

    def until(self, condition: Callable[[], bool]) -> None:
        """Until it is so."""
        self._house.until(lambda: self._write() or condition(), seconds=PATIENCE)

    def until_caught_up(self) -> None:
        """Until all that was written before now is done."""
        last = self._house.value("select coalesce(max(id), 0) from inbound")
        self.until(
            lambda: (
                not self._house.value(
                    "select exists(select from inbound where done_at is null and id <= %s)", [last]
                )
            )
        )

    def over(self, fault: str, *, times: int = ROUNDS) -> Cost:
        """Let all become quiet; what it cost."""
        self._house.until(self._house.all_done, seconds=PATIENCE)
        lost, twice = self._customers.counts()
        account = [self._customers.at.account_id]
        wait = self._house.value(
            "select extract(epoch from max(done_at - received_at)) from inbound "
            "where account_id = %s",
            account,
        )
        events = self._house.value("select count(*) from inbound where account_id = %s", account)
        return Cost(fault, times, events, lost, twice, float(wait))

    def _write(self) -> bool:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + EVERY_SECONDS
            self._customers.write(AT_ONCE, again=REPEATED)
        return False
