"""What a batch of incoming messages means: new people, new conversations, reopened ones.

Pure: everything known about the senders is given, and the plan says what is to be written.
"""

from datetime import datetime

import msgspec

from desk.rules.reopening import status_after_message, status_of_new
from desk.rules.threading import should_continue
from desk.words.channels import InboundMessage
from desk.words.conversation import ConversationStatus
from desk.words.ids import AccountId, InboundId, InboxId

Address = tuple[int, str]
"""Inbox and sender: how a channel knows a person."""


class Arrival(msgspec.Struct, frozen=True):
    """One message as it arrived, with whose door it came through and when we accepted it."""

    account_id: AccountId
    inbox_id: InboxId
    inbound_id: InboundId
    received_at: datetime
    message: InboundMessage

    @property
    def address(self) -> Address:
        return (self.inbox_id, self.message.sender)


class Person(msgspec.Struct):
    """The sender: known, or to be entered (`contact_id` is filled in when the id is drawn)."""

    account_id: int
    inbox_id: int
    sender: str
    contact_id: int = 0
    contact_inbox_id: int = 0
    blocked: bool = False
    is_new_contact: bool = False
    is_new_address: bool = False
    name: str = ""
    phone_number: str | None = None
    email: str | None = None
    seen_at: datetime | None = None


class Thread(msgspec.Struct):
    """The conversation a sender's messages go to, as it will be after the batch."""

    person: Person
    conversation_id: int = 0
    display_id: int = 0
    status: ConversationStatus = ConversationStatus.OPEN
    status_before: ConversationStatus | None = None
    """As stored; absent for a new conversation."""
    assignee_id: int | None = None
    team_id: int | None = None
    waiting_since: datetime | None = None
    added_unread: int = 0
    last_at: datetime | None = None
    last_message_id: int = 0
    created_at: datetime | None = None

    @property
    def is_new(self) -> bool:
        return self.status_before is None


class Planned(msgspec.Struct):
    """One message to write."""

    arrival: Arrival
    thread: Thread
    reopens: bool
    message_id: int = 0


class Plan(msgspec.Struct):
    """What the batch comes to, in the order of arrival."""

    people: list[Person]
    """Those to be entered, or known by a new address."""
    threads: list[Thread]
    messages: list[Planned]


def plan_intake(
    arrivals: list[Arrival],
    people: dict[Address, Person],
    threads: dict[Address, Thread],
    *,
    locked_inboxes: frozenset[int],
) -> Plan:
    """Decide where each message goes; `people` and `threads` hold what is already known."""
    plan = Plan([], [], [])
    touched: set[int] = set()
    for arrival in arrivals:
        person = people.get(arrival.address)
        if person is None:
            person = people[arrival.address] = _new_person(arrival)
            plan.people.append(person)
        if person.blocked:
            continue
        thread = threads.get(arrival.address)
        locked = arrival.inbox_id in locked_inboxes
        if thread is None or not should_continue(thread.status, locked_to_single=locked):
            thread = threads[arrival.address] = Thread(
                person,
                status=status_of_new(contact_blocked=person.blocked),
                created_at=arrival.received_at,
            )
        if id(thread) not in touched:
            touched.add(id(thread))
            plan.threads.append(thread)
        after = status_after_message(thread.status, contact_blocked=person.blocked)
        plan.messages.append(Planned(arrival, thread, reopens=after is not thread.status))
        thread.status = after
        thread.added_unread += 1
        thread.last_at = arrival.received_at
        thread.waiting_since = thread.waiting_since or arrival.received_at
        person.seen_at = arrival.received_at
    return plan


def _new_person(arrival: Arrival) -> Person:
    message = arrival.message
    return Person(
        account_id=arrival.account_id,
        inbox_id=arrival.inbox_id,
        sender=message.sender,
        is_new_contact=True,
        is_new_address=True,
        name=(message.sender_name or message.sender_phone or message.sender)[:255],
        phone_number=message.sender_phone,
        email=message.sender_email,
    )
