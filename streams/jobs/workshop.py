"""What a job worker works with."""

from collections.abc import Awaitable, Callable

import httpx
import msgspec

from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.jobs import Job
from streams.jobs.outcome import Outcome


class Workshop(msgspec.Struct, frozen=True):
    """The desk, its files, and the way to the outside."""

    desk: Desk
    files: FileStore
    http: httpx.AsyncClient
    counters: Counters


Keep = Callable[[Job, Workshop], Awaitable[Outcome]]
"""Does one kind of job; opens its own transactions, harmless when repeated."""
