"""Random histories: everything that can happen to a conversation, in any order, across DST days."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import psycopg

from desk.events.administration import OpeningHours
from desk.events.conversations import ConversationDeleted, StatusReason
from desk.events.messages import MessageCreated
from desk.events.satisfaction import RatingAsked
from desk.words.conversation import ConversationStatus
from tests.builders.diary import (
    Entry,
    Story,
    employ,
    form_team,
    hours_change,
    open_account,
    open_inbox,
    team_change,
)

BEGINNINGS = (datetime(2026, 3, 20, tzinfo=UTC), datetime(2026, 10, 20, tzinfo=UTC))
"""Some days before clocks go forward, and back, in Europe, in America and on Lord Howe Island."""
LASTS = timedelta(days=18)
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)

NIGHTS = ((1320, 360), (1260, 120))
"""Shifts that end on the next day."""


class MadeUpWorld:
    """One account with its facts in the order in which they will be written."""

    def __init__(
        self, connection: psycopg.Connection[Any], seed: int, zone: str, conversations: int
    ) -> None:
        self.random = Random(seed)
        self.zone = zone
        self.begin = begin = self.random.choice(BEGINNINGS)
        self.end = begin + LASTS
        self.account = open_account(connection, zone, begin)
        self.agents = [employ(connection, self.account, begin) for _ in range(3)]
        self.inboxes = [open_inbox(connection, self.account, begin) for _ in range(3)]
        self.teams = [form_team(connection, self.account, begin) for _ in range(3)]
        self.settings = [*self._calendars(), *self._memberships()]
        # In half of the worlds all is about one matter, told in several conversations.
        self.matter = self._instant(begin, self.end - 3 * DAY) if seed % 2 else None
        self.stories = [self._story() for _ in range(conversations)]
        self._merge()

    def portions(self, count: int) -> list[list[Entry]]:
        """All facts shuffled, so that late ones come; some messages are late in their own story.

        Settings change in the first and the last portion only, so that some bring none.
        """
        waiting = [self._delivered(story.entries) for story in self.stories]
        order: list[Entry] = []
        while waiting:
            line = self.random.choice(waiting)
            size = self.random.randint(1, 4)
            order += line[:size]
            del line[:size]
            waiting = [line for line in waiting if line]
        size = len(order) // count + 1
        cut = [order[number * size : (number + 1) * size] for number in range(count)]
        for entry in self.settings:
            portion = self.random.choice((cut[0], cut[-1]))
            portion.insert(self.random.randint(0, len(portion)), entry)
        return cut

    def _delivered(self, entries: list[Entry]) -> list[Entry]:
        """In the order in which they are written: not always that in which they happened."""
        order = list(entries)
        for entry in entries[1:]:
            if isinstance(entry.fact, MessageCreated) and self.random.random() < 0.08:
                place = order.index(entry)
                order.insert(place + self.random.randint(1, 6), order.pop(place))
        return order

    def _calendars(self) -> list[Entry]:
        changes = []
        # The third inbox never gets opening hours.
        for inbox in self.inboxes[:2]:
            for _ in range(self.random.randint(1, 3)):
                zone = self.random.choice(["Europe/Oslo", "America/New_York", "Asia/Kolkata"])
                at, week = self._instant(self.begin, self.end), self._week()
                enabled = self.random.random() < 0.8
                given = hours_change(self.account, inbox, at, zone=zone, week=week, enabled=enabled)
                changes.append(given)
                if enabled and self.random.random() < 0.4:
                    closed = [OpeningHours(day, None, None) for day in range(7)]
                    holiday = at + timedelta(hours=self.random.randint(1, 60))
                    for since, hours in ((holiday, closed), (holiday + DAY, week)):
                        changes.append(
                            hours_change(self.account, inbox, since, zone=zone, week=hours)
                        )
        return changes

    def _week(self) -> list[OpeningHours]:
        week = []
        for day in range(7):
            if self.random.random() < 0.2:
                week.append(OpeningHours(day, None, None))
                continue
            if self.random.random() < 0.15:
                week.append(OpeningHours(day, *self.random.choice(NIGHTS)))
                continue
            opens = self.random.choice([0, 60, 480, 540, 615])
            closes = self.random.choice([720, 1020, 1290, 1440])
            if self.random.random() < 0.2 and opens < 700:
                week.append(OpeningHours(day, opens, 705))
                week.append(OpeningHours(day, 715, closes))
            else:
                week.append(OpeningHours(day, opens, closes))
        return week

    def _memberships(self) -> list[Entry]:
        changes = []
        for team in self.teams:
            members: set[int] = set()
            for _ in range(self.random.randint(0, 3)):
                agent = self.random.choice(self.agents)
                joined = [] if agent in members else [int(agent)]
                left = [int(agent)] if agent in members else []
                members ^= {agent}
                at = self._instant(self.begin, self.end)
                changes.append(team_change(self.account, team, at, joined=joined, left=left))
        return changes

    def _story(self) -> Story:
        chance = self.random
        at = self._instant(self.begin, self.end - 2 * DAY)
        inbox = chance.choice(self.inboxes)
        if self.matter is not None:
            at, inbox = self.matter + chance.randint(0, 900) * MINUTE, self.inboxes[0]
        story = Story(
            self.account,
            inbox,
            at,
            status=chance.choice([ConversationStatus.OPEN, ConversationStatus.PENDING]),
            assignee=chance.choice([None, None, *self.agents]),
            team=chance.choice([None, *self.teams]),
        )
        labels: set[int] = set()
        asked = False
        promised: list[str] = []
        for _ in range(chance.randint(1, 16)):
            at += timedelta(minutes=chance.choice([0, 0, 1, 7, 45, 200, 900]))
            agent = chance.choice(self.agents)
            match chance.choice("ccccrrrrnbtaassssuTLLqgpkk"):
                case "c":
                    story.customer(at)
                case "r":
                    story.reply(at, agent)
                case "n":
                    story.note(at, agent)
                case "b":
                    story.bot(at)
                case "t":
                    story.automatic(at)
                case "u":
                    story.activity(at)
                case "a":
                    story.assign(at, chance.choice([None, agent]))
                case "s":
                    self._move(story, at)
                case "T":
                    story.give_to_team(at, chance.choice([None, *self.teams]))
                case "L":
                    label = chance.randint(1, 4)
                    if label in labels:
                        story.label(at, [], [label])
                    else:
                        story.label(at, [label], [])
                    labels ^= {label}
                case "p" if not promised:
                    promised = self._promise(story, at)
                case "k" if promised:
                    self._decide(story, at, promised)
                case "q" if not asked:
                    story.ask_rating(at, chance.choice([None, agent]))
                    asked = True
                case "g" if asked:
                    story.rate(at, chance.randint(1, 5), agent)
                case _:
                    pass
        if chance.random() < 0.04:
            story.delete(at)
        return story

    def _merge(self) -> None:
        """Some become part of others of their inbox, which may become part of others in turn."""
        absorbed_at: dict[int, datetime] = {}
        for number, story in enumerate(self.stories):
            others = [one for one in self.stories[number + 1 :] if one.inbox == story.inbox]
            if not others or _deleted(story) or self.random.random() < 0.15:
                continue
            into = self.random.choice(others)
            if story.id not in absorbed_at and self.random.random() < 0.6:
                # Soon seen to be part of the other.
                del story.entries[self.random.randint(2, 6) :]
            at = max(
                story.entries[-1].at,
                into.entries[0].at,
                absorbed_at.get(story.id, self.begin) + MINUTE,
            )
            at += self.random.choice([0, 0, 30, 300]) * MINUTE
            if _deleted(into) and into.entries[-1].at <= at:
                continue
            story.merge(at, into).activity(at)
            absorbed_at[into.id] = max(at, absorbed_at.get(into.id, at))
            if any(isinstance(entry.fact, RatingAsked) for entry in story.entries):
                story.rate(at + MINUTE, self.random.randint(1, 5), None)

    def _promise(self, story: Story, at: datetime) -> list[str]:
        dues = [
            self.random.choice([None, at + timedelta(minutes=self.random.randint(1, 3000))])
            for _ in range(2)
        ]
        story.promise(at, first=dues[0], resolution=dues[1])
        given = zip(("frt", "rt"), dues, strict=True)
        return ["nrt", *(promise for promise, due in given if due is not None)]

    def _decide(self, story: Story, at: datetime, promised: list[str]) -> None:
        promise = self.random.choice(promised)
        began_at = story.entries[0].at
        if promise != "nrt":
            promised.remove(promise)
        if self.random.random() < 0.5:
            story.keep(at, promise, began_at, at + timedelta(minutes=5))
        else:
            due_at = max(began_at, at - timedelta(minutes=self.random.randint(0, 90)))
            story.miss(at, promise, began_at, due_at)

    def _move(self, story: Story, at: datetime) -> None:
        others = [status for status in ConversationStatus if status is not story.status]
        weights = [4 if status is ConversationStatus.RESOLVED else 1 for status in others]
        (status,) = self.random.choices(others, weights)
        by = self.random.choice([None, *self.agents])
        by_bot = story.status is ConversationStatus.PENDING and self.random.random() < 0.6
        reason = self.random.choice(list(StatusReason))
        story.move(at, status, reason=reason, by=by, by_bot=by_bot)

    def _instant(self, begin: datetime, end: datetime) -> datetime:
        minutes = int((end - begin).total_seconds() // 60)
        return begin + timedelta(minutes=self.random.randint(0, minutes))


def _deleted(story: Story) -> bool:
    return isinstance(story.entries[-1].fact, ConversationDeleted)
