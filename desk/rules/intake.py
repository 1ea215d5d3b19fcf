"""What a batch of incoming messages means: new people, new conversations, reopened ones.

Pure: everything known about the senders is given, and the plan says what is to be written.
"""

from datetime import datetime

import msgspec

from desk.rules.reopening import status_after_message, status_of_new
from desk.rules.threading import Families, names_of_its_conversation, should_continue
from desk.words.channels import InboundMessage
from desk.words.conversation import ConversationStatus
from desk.words.ids import AccountId, InboundId, InboxId

Address = tuple[int, str]
"""Inbox and sender: how a channel knows a person."""

Name = tuple[int, str]
"""Inbox and a message's id, or a conversation's uuid: how an answer names what it answers."""


class Arrival(msgspec.Struct, frozen=True):
    """One message as it arrived, with whose door it came through and when we accepted it."""

    account_id: AccountId
    inbox_id: InboxId
    inbound_id: InboundId
    received_at: datetime
    message: InboundMessage
    met_by_bot: bool = False
    """A conversation that begins with it is a bot's first."""
    bot_at_door: bool = False
    """A bot works in the inbox now."""

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
    same_as: "Person | None" = None
    """The new contact of this batch whose further address this is."""


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
    attributes: dict[str, object] = msgspec.field(default_factory=dict)

    @property
    def is_new(self) -> bool:
        return self.status_before is None


class Planned(msgspec.Struct):
    """One message to write."""

    arrival: Arrival
    person: Person
    """Who wrote it; not always the one with whom the conversation began."""
    thread: Thread
    reopens: bool
    message_id: int = 0


class Plan(msgspec.Struct):
    """What the batch comes to, in the order of arrival."""

    people: list[Person]
    """Those to be entered, or known by a new address."""
    threads: list[Thread]
    messages: list[Planned]
    names: dict[Name, Thread] = msgspec.field(default_factory=dict)
    """Ids that lead to a conversation from now on."""


def plan_intake(
    arrivals: list[Arrival],
    people: dict[Address, Person],
    threads: dict[Address, Thread],
    named: dict[Name, Thread] | None = None,
    *,
    locked_inboxes: frozenset[int],
) -> Plan:
    """Decide where each message goes; the rest of the arguments hold what is already known."""
    plan = Plan([], [], [])
    touched: set[int] = set()
    named = {} if named is None else named
    families = Families(_names(arrival) for arrival in arrivals if _names(arrival))
    homes: dict[Name, Thread] = {}
    for name, known in named.items():
        homes.setdefault(families.head_of(name), known)
    for arrival in arrivals:
        message = arrival.message
        person = people.get(arrival.address)
        if person is None:
            person = people[arrival.address] = _new_person(arrival, plan.people)
            plan.people.append(person)
        if person.blocked:
            continue
        locked = arrival.inbox_id in locked_inboxes
        thread = _named(arrival, named, families, homes)
        if thread is None:
            thread = _continued(arrival, threads.get(arrival.address), locked=locked)
        if thread is None:
            thread = threads[arrival.address] = Thread(
                person,
                status=status_of_new(
                    contact_blocked=person.blocked,
                    met_by_bot=arrival.met_by_bot or arrival.bot_at_door,
                ),
                created_at=arrival.received_at,
                attributes=message.conversation_attributes,
            )
        for name in _names(arrival):
            homes.setdefault(families.head_of(name), thread)
            if name not in named:
                named[name] = plan.names[name] = thread
        if id(thread) not in touched:
            touched.add(id(thread))
            plan.threads.append(thread)
        after = status_after_message(
            thread.status,
            contact_blocked=person.blocked,
            automatic=message.automatic,
            bot_at_door=arrival.bot_at_door,
        )
        reopens = after is not thread.status
        plan.messages.append(Planned(arrival, person, thread, reopens=reopens))
        thread.status = after
        thread.added_unread += 1
        thread.last_at = arrival.received_at
        if not message.automatic:
            thread.waiting_since = thread.waiting_since or arrival.received_at
        person.seen_at = arrival.received_at
    return plan


def _names(arrival: Arrival) -> tuple[Name, ...]:
    """The ids a message that knows threads bears and names: all lead to its conversation."""
    message = arrival.message
    if message.follows is None:
        return ()
    inbox_id = int(arrival.inbox_id)
    return tuple((inbox_id, name) for name in (message.source_id, *message.follows))


def _named(
    arrival: Arrival, named: dict[Name, Thread], families: Families[Name], homes: dict[Name, Thread]
) -> Thread | None:
    """The conversation the message names, or that of its family."""
    for name in names_of_its_conversation(arrival.message):
        if (thread := named.get((int(arrival.inbox_id), name))) is not None:
            return thread
    names = _names(arrival)
    return homes.get(families.head_of(names[0])) if names else None


def _continued(arrival: Arrival, latest: Thread | None, *, locked: bool) -> Thread | None:
    """The sender's conversation that takes the message, or nothing where it begins one."""
    if arrival.message.follows is not None and not locked:
        # A letter that answers nothing is a new matter, whatever its sender wrote before.
        return None
    if latest is None or not should_continue(latest.status, locked_to_single=locked):
        return None
    return latest


def _new_person(arrival: Arrival, newcomers: list[Person]) -> Person:
    message = arrival.message
    same = next((p for p in newcomers if _is_same_contact(p, arrival)), None)
    return Person(
        account_id=arrival.account_id,
        inbox_id=arrival.inbox_id,
        sender=message.sender,
        is_new_contact=same is None,
        is_new_address=True,
        name=(message.sender_name or message.sender_phone or message.sender)[:255],
        phone_number=message.sender_phone,
        email=message.sender_email.lower() if message.sender_email else None,
        same_as=same,
    )


def _is_same_contact(person: Person, arrival: Arrival) -> bool:
    """An e-mail address belongs to one contact of the account, whichever inboxes it writes to."""
    email = arrival.message.sender_email
    if not email or not person.email or not person.is_new_contact:
        return False
    return person.account_id == arrival.account_id and person.email.lower() == email.lower()
