"""The metrics' definitions once more, as a story read line by line: slow, and plainly right."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from desk.events.administration import TeamMembersChanged, WorkingHoursChanged
from desk.events.conversations import (
    ConversationAssigned,
    ConversationCreated,
    ConversationDeleted,
    ConversationLabelsChanged,
    ConversationStatusChanged,
    ConversationTeamChanged,
)
from desk.events.messages import MessageCreated
from desk.events.satisfaction import RatingAsked, RatingGiven
from tests.warehouse.told import Held, Moment, Rated, Span, Stretch, Told

MINUTE = timedelta(minutes=1)


class World:
    """All facts of one account, read in the order in which they happened."""

    def __init__(self, zone: str, facts: Iterable[Told]) -> None:
        self.zone = ZoneInfo(zone)
        facts = sorted(facts, key=lambda told: (told.entry.at, told.id))
        self.settings = [told for told in facts if told.entry.conversation_id is None]
        self.stories: dict[int, list[Told]] = {}
        for told in facts:
            if told.entry.conversation_id is not None:
                self.stories.setdefault(told.entry.conversation_id, []).append(told)

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
    def resolutions(self) -> list[tuple[Span, bool, bool]]:
        return list(self._resolutions())

    def _first_responses(self) -> Iterator[Span]:
        for story in self.stories.values():
            asked: datetime | None = None
            with_bot = False
            handed: datetime | None = None
            answered = False
            status = 0
            closing: tuple[Told, Moment] | None = None
            for told, moment in self.moments(story):
                fact, at = told.entry.fact, told.entry.at
                match fact:
                    case ConversationCreated():
                        with_bot, status = fact.status == 2, fact.status
                    case ConversationStatusChanged():
                        if (fact.before, fact.after) == (2, 0) and handed is None:
                            handed = at
                        if fact.after == 1 and fact.before != 1:
                            closing = (told, moment) if asked is not None else None
                        status = fact.after
                    case MessageCreated() if _by_customer(fact) and asked is None:
                        asked = at
                    case MessageCreated() if _is_reply(fact):
                        answered = True
                        if asked is not None:
                            start = max(asked, handed) if with_bot and handed else asked
                            team = self.team_of(fact.sender_id, moment.team, at)
                            yield self.span(told, moment, fact.sender_id, team, "answered", start)
                        break
                    case _:
                        pass
            if not answered and asked is not None and closing is not None and status == 1:
                told, moment = closing
                start = max(asked, handed) if with_bot and handed else asked
                yield self.span(told, moment, moment.holder, moment.team, "unanswered", start)

    def _replies(self) -> Iterator[Span]:
        for story in self.stories.values():
            replied, waiting = False, None
            for told, moment in self.moments(story):
                fact, at = told.entry.fact, told.entry.at
                if isinstance(fact, MessageCreated) and _is_reply(fact):
                    if replied and waiting is not None:
                        team = self.team_of(fact.sender_id, moment.team, at)
                        yield self.span(told, moment, fact.sender_id, team, "answered", waiting)
                    replied, waiting = True, None
                elif isinstance(fact, MessageCreated) and _by_customer(fact):
                    waiting = waiting or (at if replied else None)
                elif _resolves(fact):
                    if waiting is not None:
                        yield self.span(
                            told, moment, moment.holder, moment.team, "unanswered", waiting
                        )
                    waiting = None

    def _resolutions(self) -> Iterator[tuple[Span, bool, bool]]:
        for story in self.stories.values():
            asked: datetime | None = None
            found: list[Span] = []
            status = 0
            for told, moment in self.moments(story):
                fact = told.entry.fact
                if isinstance(fact, MessageCreated) and _by_customer(fact):
                    asked = asked or told.entry.at
                if isinstance(fact, ConversationStatusChanged):
                    status = fact.after
                    if _resolves(fact):
                        span = self.span(
                            told, moment, moment.holder, moment.team, fact.reason, asked
                        )
                        found.append(span)
            for number, span in enumerate(found):
                yield span, number == 0, number == len(found) - 1 and status == 1

    def held(self) -> Iterator[Held]:
        for conversation, story in self.stories.items():
            current: Held | None = None
            for told in story:
                fact, at = told.entry.fact, told.entry.at
                match fact:
                    case ConversationCreated():
                        to = fact.assignee_id
                    case ConversationAssigned():
                        to = fact.after
                    case ConversationDeleted():
                        to = None
                    case _:
                        continue
                if (current.agent if current else None) == to:
                    continue
                if current is not None:
                    yield current._replace(until=at)
                current = (
                    None
                    if to is None
                    else Held(conversation, told.id, self.day(at), to, until=None)
                )
            if current is not None:
                yield current

    def waits(self) -> Iterator[Stretch]:
        """From a customer's message nobody had answered to a reply, the close, or the deletion."""
        for story in self.stories.values():
            begun: tuple[Told, Moment] | None = None
            for told, moment in self.moments(story):
                fact = told.entry.fact
                if isinstance(fact, MessageCreated) and _by_customer(fact):
                    begun = begun or (told, moment)
                    continue
                ended_by = (
                    "reply"
                    if isinstance(fact, MessageCreated) and _is_reply(fact)
                    else "resolved"
                    if _resolves(fact)
                    else "deleted"
                    if isinstance(fact, ConversationDeleted)
                    else None
                )
                if begun is not None and ended_by is not None:
                    yield self._stretch("waiting", begun, told, ended_by)
                    begun = None
            if begun is not None:
                yield self._stretch("waiting", begun, None, None)

    def statuses(self) -> Iterator[Stretch]:
        """One row for every status a conversation was in."""
        words = {0: "open", 1: "resolved", 2: "pending", 3: "snoozed"}
        for story in self.stories.values():
            begun: tuple[Told, Moment] | None = None
            status = 0
            for told, moment in self.moments(story):
                match told.entry.fact:
                    case ConversationCreated() as fact:
                        after = fact.status
                    case ConversationStatusChanged() as fact:
                        after = fact.after
                    case ConversationDeleted():
                        after = -1
                    case _:
                        continue
                if begun is not None:
                    yield self._stretch(str(status), begun, told, words.get(after, "deleted"))
                begun, status = ((told, moment), after) if after >= 0 else (None, after)
            if begun is not None:
                yield self._stretch(str(status), begun, None, None)

    def backlog(self, days: Iterable[date]) -> dict[date, int]:
        """How many conversations are neither resolved nor deleted at the end of each day."""
        counted = dict.fromkeys(days, 0)
        for story in self.stories.values():
            for day in counted:
                status = 1
                for told in story:
                    if self.day(told.entry.at) > day:
                        break
                    match told.entry.fact:
                        case ConversationCreated() as fact:
                            status = fact.status
                        case ConversationStatusChanged() as fact:
                            status = fact.after
                        case ConversationDeleted():
                            status = 1
                        case _:
                            pass
                counted[day] += status != 1
        return counted

    def _stretch(
        self, what: str, begun: "tuple[Told, Moment]", end: Told | None, ended_by: str | None
    ) -> Stretch:
        told, moment = begun
        conversation = told.entry.conversation_id
        assert conversation is not None
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
            None if end is None else self.business(moment.inbox, start, end.entry.at),
        )

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

    def moments(self, story: list[Told]) -> Iterator[tuple[Told, "Moment"]]:
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

    def span(
        self,
        told: Told,
        moment: "Moment",
        agent: int | None,
        team: int | None,
        outcome: str,
        start: datetime | None,
    ) -> Span:
        end = told.entry.at
        conversation = told.entry.conversation_id
        assert conversation is not None
        return Span(
            conversation,
            told.id,
            self.day(end),
            agent,
            team,
            moment.labels,
            str(outcome),
            None if start is None else (end - start).total_seconds(),
            None if start is None else self.business(moment.inbox, start, end),
        )

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


def _by_customer(fact: MessageCreated) -> bool:
    return fact.message_type == 0 and fact.sender_type == "Contact" and not fact.private


def _is_reply(fact: MessageCreated) -> bool:
    return fact.message_type == 1 and fact.sender_type == "User" and not fact.private


def _resolves(fact: object) -> bool:
    return isinstance(fact, ConversationStatusChanged) and fact.after == 1 and fact.before != 1
