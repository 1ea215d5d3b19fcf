"""Pieces of work as traces see them: a request, a handler, a job, and the changes they make."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, NamedTuple

from structlog.contextvars import bound_contextvars

from desk.watching.origin import Origin
from desk.watching.watch import current_watch

MOST_LINKS = 16


class Changed(NamedTuple):
    """One fact that a transaction left, as far as traces care."""

    account_id: int
    at: datetime
    name: str
    conversation_id: int | None


class Work:
    """What is being done now, and which traces it belongs to."""

    def __init__(self, origins: Sequence[Origin], *, begins: bool) -> None:
        self.origins = list(origins)
        self.begins = begins
        """A request: it begins the trace of the first change it makes."""


_work: ContextVar[Work | None] = ContextVar("streamdesk_work", default=None)


@contextmanager
def request(facts: dict[str, Any]) -> Iterator[Work]:
    """A request at our door; `facts` may be filled until its end, `name` becomes the span's."""
    began = time.time_ns()
    work = Work((), begins=True)
    token = _work.set(work)
    try:
        yield work
    finally:
        _work.reset(token)
        origin = work.origins[0] if work.origins else None
        current_watch().span(
            str(facts.get("name", "request")),
            began,
            time.time_ns(),
            kind="server",
            origin=origin,
            first=origin is not None,
            links=work.origins[1:MOST_LINKS],
            facts=facts,
        )


@contextmanager
def handling(name: str, origins: Sequence[Origin], **facts: Any) -> Iterator[None]:
    """Work for one or several things that a stream or the queue handed us."""
    if current_watch().traces is None:
        with bound_contextvars(**facts):
            yield
        return
    began = time.time_ns()
    token = _work.set(Work(origins, begins=False))
    failed: BaseException | None = None
    try:
        with bound_contextvars(**facts):
            yield
    except BaseException as error:
        failed = error
        raise
    finally:
        _work.reset(token)
        for origin in origins:
            current_watch().span(
                name,
                began,
                time.time_ns(),
                kind="consumer",
                origin=origin,
                facts={"account": origin.account_id, **facts},
                failed=failed,
            )


def journalled(account_id: int, received_at: datetime) -> None:
    """The request under way put something into the journal."""
    work = _work.get()
    if work is not None:
        work.origins.append(Origin(account_id, received_at))


def committed(began: int, changes: Sequence[Changed]) -> None:
    """A transaction has left facts: the action, as a span of each trace that they belong to."""
    watch = current_watch()
    if watch.traces is None or not changes:
        return
    ended = time.time_ns()
    work = _work.get()
    for origin in dict.fromkeys(Origin(each.account_id, each.at) for each in changes):
        own = [each for each in changes if (each.account_id, each.at) == origin]
        if work is not None and work.begins and origin not in work.origins:
            work.origins.append(origin)
        # The second change of a request begins a trace of its own, as a handler's does.
        belongs = work is not None and origin in (work.origins[:1] if work.begins else work.origins)
        watch.span(
            f"change {own[0].name}",
            began,
            ended,
            kind="internal",
            origin=origin,
            first=not belongs,
            links=() if belongs or work is None else _others(work, origin),
            facts={
                "account": origin.account_id,
                "conversation": own[0].conversation_id,
                "rows": len(own),
            },
        )


def published(began: int, origins: Sequence[Origin], topic: str) -> None:
    """Rows of a log were taken by the broker."""
    watch = current_watch()
    if watch.traces is None:
        return
    ended = time.time_ns()
    for origin in dict.fromkeys(origins):
        watch.span(
            f"publish {topic}",
            began,
            ended,
            kind="producer",
            origin=origin,
            facts={"account": origin.account_id, "topic": topic},
        )


def _others(work: Work, origin: Origin) -> list[Origin]:
    same_account = [each for each in work.origins if each.account_id == origin.account_id]
    return [each for each in same_account if each != origin][:MOST_LINKS]
