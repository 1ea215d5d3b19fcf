"""Something that went wrong, as it may be told: types, places and numbers; no value, no sentence."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from traceback import walk_tb
from types import FrameType

import msgspec

from desk.watching.allowed import Facts, desk_code, name, sqlstate

MOST_FRAMES = 40
MOST_CAUSES = 6
OURS = ("desk", "ingest", "streams", "inbox_service", "assets", "warehouse", "dashboards")


class Place(msgspec.Struct, frozen=True):
    """A line of code that was being run."""

    module: str
    file: str
    function: str
    line: int

    @property
    def ours(self) -> bool:
        return self.module.partition(".")[0] in OURS


class Raised(msgspec.Struct, frozen=True):
    """An exception without what it says."""

    type: str
    module: str
    places: tuple[Place, ...]
    sqlstate: str | None = None
    code: str | None = None


class Incident(msgspec.Struct, frozen=True):
    """One thing to tell."""

    what: str
    """The constant word of the log line."""
    level: str
    """`warning`, `error` or `critical`."""
    process: str
    at: datetime
    facts: Facts
    raised: tuple[Raised, ...] = ()
    """The exception and then its causes."""

    @property
    def key(self) -> str:
        """The same for the same trouble: what happened, and the line of ours where it did."""
        parts = [self.what]
        for raised in self.raised:
            own = [place for place in raised.places if place.ours] or list(raised.places)
            parts.append(
                f"{raised.type}@{own[-1].module}:{own[-1].function}" if own else raised.type
            )
        return "|".join(parts)


def raised_by(error: BaseException | None) -> tuple[Raised, ...]:
    """The exception and its causes, from the outermost in."""
    return tuple(_raised(each) for each, _ in zip(_chain(error), range(MOST_CAUSES), strict=False))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        current = waiting.pop(0)
        if current is None or id(current) in seen:
            continue
        seen.add(id(current))
        yield current
        if isinstance(current, BaseExceptionGroup):
            waiting.extend(current.exceptions[:3])
        below = current.__cause__
        if below is None and not current.__suppress_context__:
            below = current.__context__
        waiting.append(below)


def _raised(error: BaseException) -> Raised:
    frames = [(frame, line) for frame, line in walk_tb(error.__traceback__)][-MOST_FRAMES:]
    return Raised(
        name(type(error).__qualname__),
        name(type(error).__module__),
        tuple(_place(frame, line) for frame, line in frames),
        sqlstate(error),
        desk_code(error),
    )


def _place(frame: FrameType, line: int) -> Place:
    module = name(frame.f_globals.get("__name__"))
    file = PurePath(frame.f_code.co_filename)
    # The module's path says where, without saying whose machine this is.
    depth = module.count(".") + (2 if file.name == "__init__.py" else 1)
    return Place(module, "/".join(file.parts[-depth:]), name(frame.f_code.co_qualname), line)
