"""Who hears an event of an account on the live line: agents, users, or one visitor."""

from collections.abc import Iterable
from typing import Protocol

import msgspec

from desk.access.audience import Viewer, may_see
from desk.words.conversation import MessageType
from desk.words.ids import AccountId, ContactId, InboxId


class Visitor(msgspec.Struct, frozen=True):
    """A customer who looks at their own conversation, by the address they have on one inbox."""

    account_id: AccountId
    contact_id: ContactId
    contact_inbox_id: int
    inbox_id: InboxId
    token: str
    """Names the visitor's own part of the live line."""


class Audience(Protocol):
    """For whom an event of an account is."""

    @property
    def contact_token(self) -> str | None:
        """Present: for this one visitor, and for nobody else."""

    @property
    def user_id(self) -> int | None:
        """Present: for this one user."""

    @property
    def except_user_id(self) -> int | None:
        """Present: this user need not hear of it."""

    @property
    def inbox_id(self) -> int | None:
        """Present: for those who may see this inbox, and the assignees. Absent: all agents."""

    @property
    def assignee_ids(self) -> Iterable[int]: ...


def hears(listener: Viewer | Visitor, audience: Audience) -> bool:
    """Whether this listener may have an event for this audience.

    What is for agents never reaches a visitor, whatever it is about: visitors get events of
    their own, made from what a visitor may know.
    """
    if isinstance(listener, Visitor):
        return audience.contact_token is not None and audience.contact_token == listener.token
    if audience.contact_token is not None:
        return False
    if audience.user_id is not None and audience.user_id != listener.user_id:
        return False
    if audience.except_user_id is not None and audience.except_user_id == listener.user_id:
        return False
    return may_see(listener, inbox_id=audience.inbox_id, assignee_ids=audience.assignee_ids)


def is_for_customers(message_type: int, *, private: bool) -> bool:
    """Whether a customer may see a message: neither notes nor what was done to the conversation."""
    return not private and message_type != MessageType.ACTIVITY
