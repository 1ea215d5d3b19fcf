"""The metrics' definitions once more, as a story read line by line: slow, and plainly right."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from desk.events.administration import TeamMembersChanged, WorkingHoursChanged
from desk.events.conversations import (
    ConversationAssigned,
    ConversationCreated,
    ConversationLabelsChanged,
    ConversationMerged,
    ConversationStatusChanged,
    ConversationTeamChanged,
)
from desk.events.messages import MessageCreated
from desk.events.satisfaction import RatingAsked, RatingGiven
from tests.warehouse.matter import Matter, is_reply, resolves
from tests.warehouse.told import Moment, Rated, Resolution, Span, Told, in_order

MINUTE = timedelta(minutes=1)


class World:
    """All facts of one account, read in the order in which they happened."""

    def __init__(self, zone: str, facts: Iterable[Told]) -> None:
        self.zone = ZoneInfo(zone)
        facts = sorted(facts, key=in_order)
        self.settings = [told for told in facts if told.entry.conversation_id is None]
        self.stories: dict[int, list[Told]] = {}
        for told in facts:
            if told.entry.conversation_id is not None:
                self.stories.setdefault(told.entry.conversation_id, []).append(told)
        self.absorbed: dict[int, list[Told]] = {}
        """The merges by which others became part of a conversation."""
        for told in facts:
            if isinstance(told.entry.fact, ConversationMerged):
                self.absorbed.setdefault(told.entry.fact.into_conversation_id, []).append(told)

    def day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def started(self) -> Iterator[tuple[int, date]]:
        for conversation, story in self.stories.items():
            for told in story:
                if isinstance(told.entry.fact, ConversationCreated):
                    yield conversation, self.day(told.entry.at)

    @cached_property
    def first_responses(self) -> list[Span]:
        return list(self._first_responses())

    @cached_property
    def replies(self) -> list[Span]:
        return list(self._replies())

    @cached_property
    def resolutions(self) -> list[Resolution]:
        return list(self._resolutions())

    def _first_responses(self) -> Iterator[Span]:
        for story in self.stories.values():
            status = 0
            closing: Span | None = None
            for told, moment, matter in self.followed(story):
                if matter.replied:
                    break
                fact = told.entry.fact
                if isinstance(fact, ConversationCreated):
                    status = fact.status
                elif isinstance(fact, ConversationStatusChanged):
                    status = fact.after
                    if resolves(fact):
                        began = matter.clock
                        closing = self.closed(told, moment, began) if began else None
                elif isinstance(fact, MessageCreated) and is_reply(fact):
                    closing = None
                    if matter.clock is not None:
                        yield self.answered(told, moment, matter.clock)
            if closing is not None and status == 1:
                yield closing

    def _replies(self) -> Iterator[Span]:
        for story in self.stories.values():
            for told, moment, matter in self.followed(story):
                fact = told.entry.fact
                if not matter.replied or matter.waiting is None:
                    continue
                began, _ = matter.waiting
                if isinstance(fact, MessageCreated) and is_reply(fact):
                    yield self.answered(told, moment, began)
                elif resolves(fact):
                    yield self.closed(told, moment, began)

    def _resolutions(self) -> Iterator[Resolution]:
        for story in self.stories.values():
            found: list[tuple[Span, int]] = []
            status = 0
            for told, moment, matter in self.followed(story):
                fact = told.entry.fact
                if isinstance(fact, ConversationStatusChanged):
                    status = fact.after
                    if resolves(fact):
                        holder, team = moment.holder, moment.team
                        span = self.span(told, moment, holder, team, fact.reason, matter.asked)
                        found.append((span, matter.replies))
            for number, (span, replies) in enumerate(found):
                is_last = number == len(found) - 1 and status == 1
                yield Resolution(span, number == 0, is_last, replies)

    def followed(self, story: list[Told]) -> Iterator[tuple[Told, Moment, Matter]]:
        """Each fact with what was true right after it, and where the matter stood before it."""
        matter = Matter()
        coming = list(self.absorbed.get(story[0].entry.conversation_id or 0, ()))
        for told, moment in self.moments(story):
            while coming and in_order(coming[0]) < in_order(told):
                matter = matter.joined_by(self.handed_over(coming.pop(0)))
            yield told, moment, matter
            matter = matter.after(told, moment)

    def handed_over(self, merge: Told) -> Matter:
        """Where a conversation's matter stood when it became part of another."""
        story = self.stories[merge.entry.conversation_id or 0]
        return next(matter for told, _, matter in self.followed(story) if told is merge)

    def still_waiting(self, story: list[Told]) -> tuple[Told, Moment] | None:
        """Who waits when everything is told."""
        matter = Matter()
        for told, moment, before in self.followed(story):
            matter = before.after(told, moment)
        last = in_order(story[-1])
        for merge in self.absorbed.get(story[0].entry.conversation_id or 0, ()):
            if in_order(merge) > last:
                matter = matter.joined_by(self.handed_over(merge))
        return matter.waiting

    def ratings(self) -> Iterator[Rated]:
        for conversation, story in self.stories.items():
            credit: int | None = None
            last: Rated | None = None
            for told in story:
                fact = told.entry.fact
                if isinstance(fact, RatingAsked):
                    credit = fact.agent_id
                elif isinstance(fact, RatingGiven):
                    agent = credit or fact.agent_id
                    day = self.day(told.entry.at)
                    last = Rated(conversation, told.id, day, agent, fact.rating >= 4)
            if last is not None:
                yield last

    def moments(self, story: list[Told]) -> Iterator[tuple[Told, Moment]]:
        """Each fact with what was true right after it."""
        holder: int | None = None
        team: int | None = None
        labels: set[int] = set()
        inbox = next(
            told.entry.fact.inbox_id
            for told in story
            if isinstance(told.entry.fact, ConversationCreated)
        )
        for told in story:
            match told.entry.fact:
                case ConversationCreated() as fact:
                    holder, team = fact.assignee_id, fact.team_id
                case ConversationAssigned() as fact:
                    holder = fact.after
                case ConversationTeamChanged() as fact:
                    team = fact.after
                case ConversationStatusChanged() | MessageCreated() as fact:
                    holder, team = fact.assignee_id, fact.team_id
                case ConversationLabelsChanged() as fact:
                    labels = (labels | set(fact.added)) - set(fact.removed)
                case _:
                    pass
            yield told, Moment(inbox, holder, team, tuple(sorted(labels)))

    def answered(self, told: Told, moment: Moment, start: Told) -> Span:
        """A reply, to the credit of whoever wrote it."""
        fact = told.entry.fact
        assert isinstance(fact, MessageCreated)
        team = self.team_of(fact.sender_id, moment.team, told.entry.at)
        return self.span(told, moment, fact.sender_id, team, "answered", start)

    def closed(self, told: Told, moment: Moment, start: Told) -> Span:
        """A close that left somebody without an answer."""
        return self.span(told, moment, moment.holder, moment.team, "unanswered", start)

    def span(
        self,
        told: Told,
        moment: Moment,
        agent: int | None,
        team: int | None,
        outcome: str,
        start: Told | None,
    ) -> Span:
        end = told.entry.at
        local = end.astimezone(self.zone)
        conversation = told.entry.conversation_id
        assert conversation is not None
        return Span(
            conversation,
            told.id,
            None if start is None else start.id,
            local.date(),
            local.hour,
            agent,
            team,
            moment.labels,
            str(outcome),
            None if start is None else (end - start.entry.at).total_seconds(),
            None if start is None else self.business(moment.inbox, start.entry.at, end),
            self.calendar_of(moment.inbox, end),
        )

    def calendar_of(self, inbox: int, at: datetime) -> int | None:
        """The event that set the hours in force; the first ones hold before it, too."""
        changes = [
            told
            for told in self.settings
            if isinstance(told.entry.fact, WorkingHoursChanged)
            and told.entry.fact.inbox_id == inbox
        ]
        held = [told for told in changes if told.entry.at <= at] or changes[:1]
        return held[-1].id if held else None

    def business(self, inbox: int, start: datetime, end: datetime) -> float:
        """Minute by minute: is it open? All instants of the made-up worlds are whole minutes."""
        versions = [
            (told.entry.at, told.entry.fact)
            for told in self.settings
            if isinstance(told.entry.fact, WorkingHoursChanged)
            and told.entry.fact.inbox_id == inbox
        ]
        minutes = 0
        at = start
        while at < end:
            minutes += _open(versions, at)
            at += MINUTE
        return minutes * 60.0

    def team_of(self, agent: int | None, team: int | None, at: datetime) -> int | None:
        """The conversation's team if the agent is in it, else the agent's first."""
        members: dict[int, bool] = {}
        for told in self.settings:
            fact = told.entry.fact
            if isinstance(fact, TeamMembersChanged) and told.entry.at <= at:
                if agent in fact.added:
                    members[fact.team_id] = True
                if agent in fact.removed:
                    members[fact.team_id] = False
        mine = [one for one, joined in members.items() if joined]
        return team if team in mine or not mine else min(mine)


def _open(versions: list[tuple[datetime, WorkingHoursChanged]], at: datetime) -> bool:
    if not versions:
        return True
    held = [fact for since, fact in versions if since <= at] or [versions[0][1]]
    calendar = held[-1]
    if not calendar.enabled:
        return True
    return is_open(calendar, at)


def is_open(calendar: WorkingHoursChanged, at: datetime, last_minute: int = 1440) -> bool:
    """By the clock on the wall; a shift that closes before it opens ends on the next day."""
    local = at.astimezone(ZoneInfo(calendar.time_zone))
    minute, today = local.hour * 60 + local.minute, local.isoweekday() % 7
    for day in calendar.week:
        if day.opens is None or day.closes is None:
            continue
        closes = min(day.closes, last_minute)
        of_today, of_yesterday = (day.day_of_week == (today - back) % 7 for back in (0, 1))
        if closes > day.opens:
            found = of_today and day.opens <= minute < closes
        else:
            found = (of_today and minute >= day.opens) or (of_yesterday and minute < closes)
        if found:
            return True
    return False
