"""What a piece of work takes: the time on the wall, and the CPU of both sides."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import msgspec

from benchmarks.stage import Stage


class Spent(msgspec.Struct):
    """Seconds; those of the CPU hold good on a busy machine too, roughly."""

    wall: float = 0.0
    own: float = 0.0
    """CPU of this process and of the programs it waited for."""
    postgres: float = 0.0

    @property
    def cpu(self) -> float:
        return self.own + self.postgres


@contextmanager
def spent(house: Stage) -> Iterator[Spent]:
    """What the block takes, known after it."""
    found = Spent()
    postgres, own, started = house.services_cpu("postgres"), _own(), perf_counter()
    yield found
    found.wall = perf_counter() - started
    found.own = _own() - own
    found.postgres = house.services_cpu("postgres") - postgres


def _own() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
