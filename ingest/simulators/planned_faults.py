"""What is to go wrong with the next requests to a simulated program."""

from collections import deque
from enum import StrEnum

import msgspec


class FaultKind(StrEnum):
    """How a request goes wrong."""

    REFUSE = "refuse"
    """Nothing is taken, and the answer has the fault's status."""
    LOSE_ANSWER = "lose_answer"
    """It is taken, and the answer is a bad gateway's."""


class PlannedFault(msgspec.Struct, frozen=True):
    """A fault, and for how many requests."""

    kind: FaultKind
    status: int = 503
    times: int = 1


class PlannedFaults:
    """Hands the faults out in the order in which they were planned."""

    def __init__(self) -> None:
        self._coming: deque[PlannedFault] = deque()

    def plan(self, fault: PlannedFault) -> None:
        self._coming.extend([fault] * fault.times)

    def next(self) -> PlannedFault | None:
        return self._coming.popleft() if self._coming else None
