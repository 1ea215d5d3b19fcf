"""Promises of service levels once more, as a story read line by line."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from desk.events.conversations import ConversationDeleted, ConversationMerged
from desk.events.sla import SlaApplied, SlaMet, SlaMissed
from tests.warehouse.slow_reference import World
from tests.warehouse.told import Moment, Told

_GONE = (ConversationDeleted, ConversationMerged)


class Promise(NamedTuple):
    """What a policy promised, and how it came out."""

    conversation: int
    event: int
    promise: str
    outcome: str
    day: date
    agent: int | None
    team: int | None
    due_at: datetime
    seconds: float | None
    business: float | None
    begin_event: int | None
    calendar: int | None


def promises(world: World) -> Iterator[Promise]:
    """One row for every promise that was decided, and for what was given and still runs."""
    for story in world.stories.values():
        running: dict[str, Promise] = {}
        given: Told | None = None
        gone = any(isinstance(told.entry.fact, _GONE) for told in story)
        for told, moment in world.moments(story):
            fact = told.entry.fact
            if isinstance(fact, SlaApplied):
                given = told
                dues = (("frt", fact.first_response_due_at), ("rt", fact.resolution_due_at))
                for promise, due in dues:
                    if due is not None:
                        running[promise] = _row(world, told, moment, promise, "open", due, given)
            elif isinstance(fact, SlaMet):
                running.pop(fact.promise, None)
                lasted = (fact.began_at, fact.ended_at)
                yield _row(world, told, moment, fact.promise, "met", fact.due_at, given, lasted)
            elif isinstance(fact, SlaMissed):
                running.pop(fact.promise, None)
                lasted = (fact.began_at, fact.due_at)
                yield _row(world, told, moment, fact.promise, "missed", fact.due_at, given, lasted)
        for still in running.values():
            yield still._replace(outcome="void") if gone else still


def _row(
    world: World,
    told: Told,
    moment: Moment,
    promise: str,
    outcome: str,
    due_at: datetime,
    given: Told | None,
    lasted: tuple[datetime, datetime] | None = None,
) -> Promise:
    assert told.entry.conversation_id is not None
    return Promise(
        told.entry.conversation_id,
        told.id,
        promise,
        outcome,
        world.day(told.entry.at),
        moment.holder,
        moment.team,
        due_at,
        None if lasted is None else (lasted[1] - lasted[0]).total_seconds(),
        None if lasted is None else world.business(moment.inbox, *lasted),
        None if given is None else given.id,
        world.calendar_of(moment.inbox, told.entry.at if lasted is None else lasted[1]),
    )
