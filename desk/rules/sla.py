"""What a service level promises one customer, and whether it is kept: exact to the instant."""

from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from desk.rules.business_hours import Calendar, CalendarVersion, open_intervals
from desk.words.sla import SlaPromise, SlaStatus

_FURTHEST = timedelta(days=3650)
"""What would fall due later than this never does."""


class Terms(NamedTuple):
    """A policy's promises in seconds, as they were when it was applied; nothing: not promised."""

    first_response: float | None
    next_response: float | None
    resolution: float | None
    only_during_business_hours: bool


class Story(NamedTuple):
    """What had happened in the conversation when the policy was applied."""

    first_reply_at: datetime | None
    waiting_since: datetime | None
    resolved: bool
    waiting_message_id: int | None = None


class Outcome(NamedTuple):
    """One promise, kept or broken."""

    promise: SlaPromise
    kept: bool
    began_at: datetime
    due_at: datetime
    ended_at: datetime
    """When it was kept; of a broken one, when it fell due."""
    message_id: int | None = None
    """Of a next response: the customer's message that waited."""


class Clocks(msgspec.Struct):
    """The clocks of one applied policy; whoever moves them is told which promises that ended."""

    terms: Terms
    calendar: Calendar
    began_at: datetime
    status: SlaStatus = SlaStatus.ACTIVE
    first_response_due_at: datetime | None = None
    next_response_due_at: datetime | None = None
    resolution_due_at: datetime | None = None
    replied_at: datetime | None = None
    """The last reply; before the first there is no next response to wait for."""
    waiting_since: datetime | None = None
    waiting_message_id: int | None = None

    @property
    def next_due_at(self) -> datetime | None:
        """When somebody has to look again, if nothing happens before."""
        dues = (self.first_response_due_at, self.next_response_due_at, self.resolution_due_at)
        return min((due for due in dues if due is not None), default=None)

    def dues(self) -> tuple[datetime | None, datetime | None]:
        """Until when the first response and the resolution are promised."""
        return (
            self._due(self.began_at, self.terms.first_response),
            self._due(self.began_at, self.terms.resolution),
        )

    def begin(self, story: Story, now: datetime) -> list[Outcome]:
        """Start from what had happened before the policy came."""
        self.first_response_due_at, self.resolution_due_at = self.dues()
        outcomes: list[Outcome] = []
        if story.first_reply_at is not None:
            outcomes += self._end_first_response(story.first_reply_at)
            self.replied_at = story.first_reply_at
        if story.resolved:
            # It is not known when it was: what is over is not held against anybody.
            self.resolution_due_at = self.resolution_due_at and max(self.resolution_due_at, now)
            if self.first_response_due_at is not None:
                self.first_response_due_at = max(self.first_response_due_at, now)
            return outcomes + self.resolved(now)
        if self.replied_at is not None and story.waiting_since is not None:
            self._wait(story.waiting_since, story.waiting_message_id)
        return outcomes + self.passed(now)

    def passed(self, now: datetime) -> list[Outcome]:
        """Nothing happened until now: what has fallen due is broken."""
        return self._break(now + timedelta(microseconds=1))

    def asked(self, at: datetime, message_id: int) -> list[Outcome]:
        """The customer wrote; the first message nobody has answered begins a wait."""
        outcomes = self._break(at)
        if self.replied_at is not None and at >= self.replied_at and self.waiting_since is None:
            self._wait(at, message_id)
        return outcomes

    def answered(self, at: datetime) -> list[Outcome]:
        """A person replied."""
        outcomes = [*self._break(at), *self._end_first_response(at)]
        if self.waiting_since is not None and at >= self.waiting_since:
            outcomes += self._end_next_response(at)
        self.replied_at = max(at, self.replied_at or at)
        return outcomes

    def resolved(self, at: datetime) -> list[Outcome]:
        """The matter is closed: what is not broken was kept, and that is final."""
        outcomes = [
            *self._break(at),
            *self._end_first_response(at),
            *self._end_next_response(at),
        ]
        if self.resolution_due_at is not None:
            outcomes.append(Outcome(SlaPromise.RT, True, self.began_at, self.resolution_due_at, at))
            self.resolution_due_at = None
        missed = self.status is SlaStatus.ACTIVE_WITH_MISSES
        self.status = SlaStatus.MISSED if missed else SlaStatus.HIT
        return outcomes

    def agree(self, waiting_since: datetime | None) -> None:
        """The desk has the last word on who waits: a program's message makes nobody wait."""
        if waiting_since is None:
            self._forget_wait()
        elif self.waiting_since not in (None, waiting_since):
            self._wait(waiting_since, self.waiting_message_id)

    def _due(self, begin: datetime, seconds: float | None) -> datetime | None:
        if seconds is None:
            return None
        return due_at(begin, seconds, self.calendar if self._by_hours else None)

    @property
    def _by_hours(self) -> bool:
        return self.terms.only_during_business_hours and self.calendar.enabled

    def _wait(self, since: datetime, message_id: int | None) -> None:
        self.waiting_since, self.waiting_message_id = since, message_id
        self.next_response_due_at = self._due(since, self.terms.next_response)

    def _forget_wait(self) -> None:
        self.waiting_since = self.waiting_message_id = self.next_response_due_at = None

    def _end_first_response(self, at: datetime) -> list[Outcome]:
        due, self.first_response_due_at = self.first_response_due_at, None
        if due is None:
            return []
        return [self._ended(SlaPromise.FRT, self.began_at, due, at)]

    def _end_next_response(self, at: datetime) -> list[Outcome]:
        since, due = self.waiting_since, self.next_response_due_at
        message_id = self.waiting_message_id
        self._forget_wait()
        if since is None or due is None:
            return []
        return [self._ended(SlaPromise.NRT, since, due, at, message_id)]

    def _break(self, before: datetime) -> list[Outcome]:
        """Everything that fell due before an instant."""
        outcomes = []
        if _is_before(self.first_response_due_at, before):
            outcomes += self._end_first_response(before)
        if _is_before(self.next_response_due_at, before) and self.waiting_since is not None:
            due, self.next_response_due_at = self.next_response_due_at, None
            message_id = self.waiting_message_id
            if due is not None:
                outcomes.append(
                    self._ended(SlaPromise.NRT, self.waiting_since, due, before, message_id)
                )
        if self.resolution_due_at is not None and self.resolution_due_at < before:
            due, self.resolution_due_at = self.resolution_due_at, None
            outcomes.append(self._ended(SlaPromise.RT, self.began_at, due, before))
        return sorted(outcomes, key=lambda outcome: outcome.due_at)

    def _ended(
        self,
        promise: SlaPromise,
        began_at: datetime,
        due: datetime,
        at: datetime,
        message_id: int | None = None,
    ) -> Outcome:
        kept = at <= due
        if not kept:
            self.status = SlaStatus.ACTIVE_WITH_MISSES
        return Outcome(promise, kept, began_at, due, at if kept else due, message_id)


def due_at(begin: datetime, seconds: float, calendar: Calendar | None) -> datetime | None:
    """When so many seconds have passed, open ones where a calendar says which those are.

    The calendar of the moment holds: what was promised does not move when opening hours change.
    An inbox that never opens promises nothing.
    """
    left = timedelta(seconds=seconds)
    if calendar is None:
        return begin + left
    version = CalendarVersion(begin, calendar)
    since, span = begin, max(timedelta(days=8), left)
    while since < begin + _FURTHEST:
        for interval in open_intervals([version], since, since + span):
            if interval.length >= left:
                return interval.opens + left
            left -= interval.length
        since += span
        span *= 2
    return None


def _is_before(due: datetime | None, instant: datetime) -> bool:
    return due is not None and due < instant
