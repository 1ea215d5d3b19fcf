"""Fixtures: receivers, and a process's logs and watch as its `main` begins them."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from desk.logs import configure_logs
from desk.watching.watch import FromLibraries, Watch, begin_watching, end_watching
from tests.watching.receivers import Receivers, listening


@pytest.fixture
def receivers() -> Iterator[Receivers]:
    with listening() as found:
        yield found


@pytest.fixture
def watch(receivers: Receivers) -> Iterator[Watch]:
    """The watch of a process named jobs, told by its logs; afterwards all is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    begun = begin_watching("jobs", receivers.settings)
    configure_logs("jobs", "info", forward=begun.tell, libraries=FromLibraries(begun))
    try:
        yield begun
    finally:
        end_watching()
        structlog.reset_defaults()
        structlog.contextvars.clear_contextvars()
        root.handlers[:] = handlers
        root.setLevel(level)
