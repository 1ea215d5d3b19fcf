"""Where a customer's matter stands at one point of its story, for the slow reference."""

from typing import NamedTuple

from desk.events.conversations import (
    ConversationCreated,
    ConversationDeleted,
    ConversationMerged,
    ConversationStatusChanged,
)
from desk.events.messages import MessageCreated
from tests.warehouse.told import Moment, Told, in_order


class Matter(NamedTuple):
    """Who asked first, whether a person has replied, and who waits."""

    asked: Told | None = None
    """The first message of a customer, here or in what became part of this."""
    asked_here: Told | None = None
    with_bot: bool = False
    handed_over: Told | None = None
    clock_elsewhere: Told | None = None
    """From where the first response counts in what became part of this."""
    replied: bool = False
    """From the first reply on, or from when something already answered became part of this."""
    replies: int = 0
    waiting: tuple[Told, Moment] | None = None

    @property
    def clock(self) -> Told | None:
        """From where the first response counts."""
        here = self.asked_here
        if here and self.with_bot and self.handed_over:
            here = max(here, self.handed_over, key=in_order)
        return _earlier(here, self.clock_elsewhere)

    def after(self, told: Told, moment: Moment) -> "Matter":
        """With one more fact of its own story."""
        fact = told.entry.fact
        if isinstance(fact, ConversationCreated):
            return self._replace(with_bot=fact.status == 2)
        if isinstance(fact, MessageCreated) and is_by_customer(fact):
            return self._replace(
                asked=self.asked or told,
                asked_here=self.asked_here or told,
                waiting=self.waiting or (told, moment),
            )
        if isinstance(fact, MessageCreated) and is_reply(fact):
            return self._replace(replied=True, replies=self.replies + 1, waiting=None)
        if resolves(fact) or isinstance(fact, ConversationDeleted | ConversationMerged):
            return self._replace(waiting=None)
        if isinstance(fact, ConversationStatusChanged) and (fact.before, fact.after) == (2, 0):
            return self._replace(handed_over=self.handed_over or told)
        return self

    def joined_by(self, other: "Matter") -> "Matter":
        """The two turned out to be one."""
        waits = [one for one in (self.waiting, other.waiting) if one is not None]
        return self._replace(
            asked=_earlier(self.asked, other.asked),
            clock_elsewhere=_earlier(self.clock_elsewhere, other.clock),
            replied=self.replied or (other.replied and other.asked is not None),
            replies=self.replies + other.replies,
            waiting=min(waits, key=lambda wait: in_order(wait[0]), default=None),
        )


def _earlier(one: Told | None, other: Told | None) -> Told | None:
    return min((told for told in (one, other) if told is not None), key=in_order, default=None)


def is_by_customer(fact: MessageCreated) -> bool:
    return fact.message_type == 0 and fact.sender_type == "Contact" and not fact.private


def is_reply(fact: MessageCreated) -> bool:
    return fact.message_type == 1 and fact.sender_type == "User" and not fact.private


def resolves(fact: object) -> bool:
    return isinstance(fact, ConversationStatusChanged) and fact.after == 1 and fact.before != 1
