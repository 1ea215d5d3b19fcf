"""Everything that can happen to a conversation, and how often the random histories hold it."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from desk.events.administration import TeamMembersChanged, WorkingHoursChanged
from desk.events.conversations import (
    ConversationAssigned,
    ConversationDeleted,
    ConversationMerged,
    ConversationStatusChanged,
)
from desk.events.messages import MessageCreated
from desk.events.sla import SlaApplied, SlaMet, SlaMissed
from desk.words.actor import ActorKind
from tests.builders.diary import Entry
from tests.warehouse.fed import Fed
from tests.warehouse.slow_reference import World

HAPPENINGS = frozenset(
    {
        *("notes", "bots", "rules and greetings", "hand-offs by bots", "begun by us"),
        *("reopens", "snoozes", "reassignment", "un-assignment", "deletions"),
        *("merges", "merged on", "carried waits", "first replies to another's question"),
        *("split days", "night shifts", "holidays", "calendar changes", "team changes"),
        *("clocks go forward", "clocks go back", "agents removed", "late commits"),
        *("out of order", "promises", "promises kept", "promises broken"),
    }
)


def played(fed: Fed) -> Counter[str]:
    """How often each of them happens."""
    seen: Counter[str] = Counter()
    for world in fed.worlds.values():
        seen.update(_of_world(world))
        for story in (*world.stories.values(), world.settings):
            seen.update(name for told in story for name in _of_entry(told.entry))
    for name, query in (
        (
            "carried waits",
            "select count(*) from lake.facts.waiting "
            "where begun_in <> conversation_id and ended_by = 'reply'",
        ),
        (
            "first replies to another's question",
            "select count(*) from lake.facts.first_response as f join lake.facts.message as m "
            "on m.event_id = f.begin_event_id and m.conversation_id <> f.conversation_id",
        ),
        (
            "agents removed",
            "select count(distinct m.account_id) from lake.facts.message as m anti join "
            "lake.raw.account_users as u on u.account_id = m.account_id and u.user_id = m.agent_id "
            "where m.said = 'reply'",
        ),
    ):
        ((seen[name],),) = fed.lake.rows(query)
    seen["late commits"] = fed.late
    return seen


def _of_world(world: World) -> Iterator[str]:
    merged = {told.entry.conversation_id for found in world.absorbed.values() for told in found}
    yield from ("merged on" for _ in merged & world.absorbed.keys())
    for story in world.stories.values():
        ids = [told.id for told in story]
        yield from ("out of order" for one, next_one in pairwise(ids) if next_one < one)
        first = next(
            (one.entry.fact for one in story if isinstance(one.entry.fact, MessageCreated)), None
        )
        if first is not None and first.message_type == 1 and first.sender_type == "User":
            yield "begun by us"
        offsets = [told.entry.at.astimezone(world.zone).utcoffset() for told in story]
        for before, after in pairwise(offsets):
            assert before is not None
            assert after is not None
            if before != after:
                yield "clocks go forward" if before < after else "clocks go back"
    inboxes = [
        told.entry.fact.inbox_id
        for told in world.settings
        if isinstance(told.entry.fact, WorkingHoursChanged)
    ]
    yield from ("calendar changes" for inbox in set(inboxes) if inboxes.count(inbox) > 1)


def _of_entry(entry: Entry) -> Iterator[str]:
    match entry.fact:
        case MessageCreated(private=True):
            yield "notes"
        case MessageCreated(sender_type="AgentBot"):
            yield "bots"
        case MessageCreated(message_type=3):
            yield "rules and greetings"
        case ConversationStatusChanged() as fact:
            if fact.before == 1 and fact.after == 0:
                yield "reopens"
            if fact.after == 3:
                yield "snoozes"
            if (fact.before, fact.after) == (2, 0) and entry.by.kind is ActorKind.BOT:
                yield "hand-offs by bots"
        case ConversationAssigned() as fact if fact.before is not None:
            if fact.after is None:
                yield "un-assignment"
            elif fact.after != fact.before:
                yield "reassignment"
        case ConversationDeleted():
            yield "deletions"
        case ConversationMerged():
            yield "merges"
        case TeamMembersChanged():
            yield "team changes"
        case SlaApplied():
            yield "promises"
        case SlaMet():
            yield "promises kept"
        case SlaMissed():
            yield "promises broken"
        case WorkingHoursChanged() as fact:
            yield from _of_hours(fact)
        case _:
            pass


def _of_hours(fact: WorkingHoursChanged) -> Iterator[str]:
    days = [day for day in fact.week if day.opens is not None and day.closes is not None]
    if not days:
        yield "holidays"
    if len({day.day_of_week for day in days}) < len(days):
        yield "split days"
    if any((day.closes or 0) < (day.opens or 0) for day in days):
        yield "night shifts"
