"""What happens in a conversation, one beat at a time."""

from datetime import datetime

from msgspec import Struct

from desk.words.conversation import DeliveryStatus, Priority


class CustomerWrites(Struct, frozen=True, tag=True):
    """A message from the customer; the file's name says what is on it."""

    at: datetime
    id: str
    text: str
    attachment: str | None = None


class AgentWrites(Struct, frozen=True, tag=True):
    """A public reply; agents are named by their keys."""

    at: datetime
    id: str
    agent: str
    text: str


class BotWrites(Struct, frozen=True, tag=True):
    """The company's bot answers first."""

    at: datetime
    id: str
    text: str


class HandedOver(Struct, frozen=True, tag=True):
    """The bot gives the conversation to the agents."""

    at: datetime


class NoteWritten(Struct, frozen=True, tag=True):
    """A private note, perhaps meant for a colleague."""

    at: datetime
    id: str
    agent: str
    text: str
    mentions: str | None = None


class ReceiptCame(Struct, frozen=True, tag=True):
    """The provider reports on the message with the id `of`."""

    at: datetime
    of: str
    status: DeliveryStatus
    error: str | None = None


class Assigned(Struct, frozen=True, tag=True):
    """The conversation is given to an agent."""

    at: datetime
    by: str
    agent: str


class TeamSet(Struct, frozen=True, tag=True):
    """The conversation is given to a team."""

    at: datetime
    by: str
    team: str


class Labelled(Struct, frozen=True, tag=True):
    """Labels are added to those it has."""

    at: datetime
    by: str
    labels: tuple[str, ...]


class PrioritySet(Struct, frozen=True, tag=True):
    """Somebody judges how urgent it is."""

    at: datetime
    by: str
    priority: Priority


class Snoozed(Struct, frozen=True, tag=True):
    """Put aside until a moment; a customer's message ends it earlier."""

    at: datetime
    by: str
    until: datetime


class Resolved(Struct, frozen=True, tag=True):
    """Somebody closes the conversation; a later customer message opens it again."""

    at: datetime
    by: str


class Rated(Struct, frozen=True, tag=True):
    """The customer answers the survey: 1 to 5."""

    at: datetime
    rating: int
    comment: str | None = None


Beat = (
    CustomerWrites
    | AgentWrites
    | BotWrites
    | HandedOver
    | NoteWritten
    | ReceiptCame
    | Assigned
    | TeamSet
    | Labelled
    | PrioritySet
    | Snoozed
    | Resolved
    | Rated
)
