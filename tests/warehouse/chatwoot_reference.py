"""What Chatwoot itself would note for its reports, as a clerk would: event by event, by hand."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from desk.events.administration import WorkingHoursChanged
from desk.events.conversations import (
    ConversationCreated,
    ConversationDeleted,
    ConversationStatusChanged,
)
from desk.events.messages import MessageCreated
from desk.words.actor import ActorKind
from tests.warehouse.slow_reference import World, is_open
from tests.warehouse.told import Told


class Noted(NamedTuple):
    """One row of Chatwoot's table of reporting events."""

    event: int
    name: str
    conversation: int
    user: int | None
    started_at: datetime
    ended_at: datetime
    value: int
    business: int


def noted(world: World) -> list[Noted]:
    """Everything Chatwoot would have noted about one account."""
    rows: list[Noted] = []
    for story in world.stories.values():
        if not any(isinstance(told.entry.fact, ConversationDeleted) for told in story):
            rows += _of_story(world, story)
    return rows


def _of_story(world: World, story: list[Told]) -> Iterator[Noted]:
    created_at = story[0].entry.at
    with_bot = handed_over = human_spoke = replied = False
    waiting_since: datetime | None = created_at
    resolved_at: datetime | None = None
    last_opened_or_handed: datetime | None = None
    last_bot_resolved: datetime | None = None
    for told, moment in world.moments(story):
        fact, at = told.entry.fact, told.entry.at

        def note(
            name: str,
            start: datetime,
            user: int | None,
            end: datetime = at,
            told: Told = told,
            inbox: int = moment.inbox,
            nothing: bool = False,
        ) -> Noted:
            value = 0 if nothing else int(end.timestamp()) - int(start.timestamp())
            business = 0 if nothing else _working_seconds(world, inbox, start, end)
            conversation = told.entry.conversation_id
            assert conversation is not None
            return Noted(told.id, name, conversation, user, start, end, value, business)

        match fact:
            case ConversationCreated():
                created_at, with_bot = at, fact.status == 2
            case ConversationStatusChanged() if fact.after == 1 and fact.before != 1:
                yield note("conversation_resolved", created_at, moment.holder)
                if with_bot and not human_spoke:
                    yield note("conversation_bot_resolved", created_at, moment.holder)
                    last_bot_resolved = at
                resolved_at, waiting_since = at, None
            case ConversationStatusChanged() if fact.after == 0 and fact.before != 0:
                yield note(
                    "conversation_opened",
                    resolved_at or created_at,
                    moment.holder,
                    nothing=resolved_at is None,
                )
                if fact.before == 2 and told.entry.by.kind is ActorKind.BOT:
                    if not handed_over:
                        yield note("conversation_bot_handoff", created_at, moment.holder)
                    handed_over = True
                    waiting_since = waiting_since or at
                last_opened_or_handed = at
            case MessageCreated() if fact.message_type == 0 and fact.sender_type == "Contact":
                waiting_since = waiting_since or at
            case MessageCreated() if fact.message_type == 1 and fact.sender_type == "User":
                human_spoke = True
                if fact.private:
                    continue
                if not replied:
                    start = last_opened_or_handed or last_bot_resolved or created_at
                    yield note("first_response", start, fact.sender_id)
                elif waiting_since is not None:
                    yield note("reply_time", waiting_since, moment.holder)
                replied, waiting_since = True, None
            case MessageCreated() if fact.message_type == 1 and fact.sender_type == "AgentBot":
                if not fact.private:
                    waiting_since = None
            case _:
                pass


def _working_seconds(world: World, inbox: int, start: datetime, end: datetime) -> int:
    """Minute by minute, by the week in force at the end; a full day lacks its last minute."""
    week: WorkingHoursChanged | None = None
    for told in world.settings:
        fact = told.entry.fact
        if isinstance(fact, WorkingHoursChanged) and fact.inbox_id == inbox:
            week = fact if told.entry.at <= end else week
    if week is None or not week.enabled:
        return 0
    minutes = 0
    at = start
    while at < end:
        minutes += is_open(week, at, last_minute=1439)
        at += timedelta(minutes=1)
    return minutes * 60
