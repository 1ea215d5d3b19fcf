"""What lasted, by the slow reference: waits, statuses, holdings, and the backlog day by day."""

from collections.abc import Iterable, Iterator
from datetime import date

from desk.events.conversations import (
    ConversationAssigned,
    ConversationCreated,
    ConversationDeleted,
    ConversationMerged,
    ConversationStatusChanged,
)
from desk.events.messages import MessageCreated
from tests.warehouse.matter import is_reply, resolves
from tests.warehouse.slow_reference import World
from tests.warehouse.told import Held, Moment, Stretch, Told


def waits(world: World) -> Iterator[Stretch]:
    """From a customer's message nobody had answered to a reply, the close, or another end."""
    for conversation, story in world.stories.items():
        for told, _, matter in world.followed(story):
            fact = told.entry.fact
            if isinstance(fact, MessageCreated) and is_reply(fact):
                ended_by = "reply"
            elif resolves(fact):
                ended_by = "resolved"
            elif isinstance(fact, ConversationDeleted):
                ended_by = "deleted"
            elif isinstance(fact, ConversationMerged):
                ended_by = "merged"
            else:
                continue
            if matter.waiting is not None:
                yield _stretch(world, conversation, "waiting", matter.waiting, told, ended_by)
        left = world.still_waiting(story)
        if left is not None:
            yield _stretch(world, conversation, "waiting", left, None, None)


def statuses(world: World) -> Iterator[Stretch]:
    """One row for every status a conversation was in."""
    words = {0: "open", 1: "resolved", 2: "pending", 3: "snoozed", -1: "deleted", -2: "merged"}
    for conversation, story in world.stories.items():
        begun: tuple[Told, Moment] | None = None
        status = 0
        for told, moment in world.moments(story):
            match told.entry.fact:
                case ConversationCreated() as fact:
                    after = fact.status
                case ConversationStatusChanged() as fact:
                    after = fact.after
                case ConversationDeleted():
                    after = -1
                case ConversationMerged():
                    after = -2
                case _:
                    continue
            if begun is not None:
                yield _stretch(world, conversation, str(status), begun, told, words[after])
            begun, status = ((told, moment), after) if after >= 0 else (None, after)
        if begun is not None:
            yield _stretch(world, conversation, str(status), begun, None, None)


def held(world: World) -> Iterator[Held]:
    """By whom a conversation was held, from when until when."""
    for conversation, story in world.stories.items():
        current: Held | None = None
        for told in story:
            fact, at = told.entry.fact, told.entry.at
            match fact:
                case ConversationCreated():
                    to = fact.assignee_id
                case ConversationAssigned():
                    to = fact.after
                case ConversationDeleted() | ConversationMerged():
                    to = None
                case _:
                    continue
            if (current.agent if current else None) == to:
                continue
            if current is not None:
                merged = isinstance(fact, ConversationMerged)
                how = "merged" if merged else "nobody" if to is None else "another"
                yield current._replace(until=at, ended_by=how)
            current = (
                None
                if to is None
                else Held(conversation, told.id, world.day(at), to, until=None, ended_by=None)
            )
        if current is not None:
            yield current


def backlog(world: World, days: Iterable[date]) -> dict[date, int]:
    """How many conversations are not resolved, merged away or deleted at the end of each day."""
    counted = dict.fromkeys(days, 0)
    for story in world.stories.values():
        for day in counted:
            status = 1
            for told in story:
                if world.day(told.entry.at) > day:
                    break
                match told.entry.fact:
                    case ConversationCreated() as fact:
                        status = fact.status
                    case ConversationStatusChanged() as fact:
                        status = fact.after
                    case ConversationDeleted() | ConversationMerged():
                        status = 1
                    case _:
                        pass
            counted[day] += status != 1
    return counted


def _stretch(
    world: World,
    conversation: int,
    what: str,
    begun: tuple[Told, Moment],
    end: Told | None,
    ended_by: str | None,
) -> Stretch:
    told, moment = begun
    start = told.entry.at
    return Stretch(
        conversation,
        told.id,
        what,
        moment.holder,
        moment.team,
        ended_by,
        None if end is None else end.id,
        None if end is None else (end.entry.at - start).total_seconds(),
        None if end is None else world.business(moment.inbox, start, end.entry.at),
        world.calendar_of(moment.inbox, start if end is None else end.entry.at),
    )
