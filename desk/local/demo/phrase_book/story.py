"""A story: one kind of trouble, what both sides say about it, and the ways it can go."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from desk.words.conversation import Priority


class Outcome(StrEnum):
    """How the customer leaves."""

    SOLVED = "solved"
    PROMISED = "promised"
    REFUSED = "refused"
    NOTHING = "nothing"


class Line(Struct, frozen=True):
    """One way of saying something."""

    text: str
    tag: str | None = None
    """The mood of a customer or the manner of an agent it is made for."""
    needs: frozenset[str] = frozenset()
    """Topics of which one must have come up; none means it always fits."""
    gives: frozenset[str] = frozenset()
    """Topics that come up when this is said."""
    slots: frozenset[str] = frozenset()


class Speech(Struct, frozen=True):
    """The ways of saying one thing."""

    lines: tuple[Line, ...]


class Says(Struct, frozen=True):
    """The customer writes."""

    speech: Speech
    chance: float = 1.0
    attachment: str | None = None
    """The file that goes with it, e.g. `bag.jpg`."""
    after_hours: float = 0.0
    """The customer is away this long at least before writing."""


class Answers(Struct, frozen=True):
    """An agent writes to the customer."""

    speech: Speech
    chance: float = 1.0
    work: float = 1.0
    """Stretches the time it takes: 0.5 for a pleasantry, 6 when something is looked up."""


class Notes(Struct, frozen=True):
    """An agent writes to colleagues only; sometimes a colleague writes back."""

    speech: Speech
    chance: float = 1.0
    reply: Speech | None = None


class Turns(Struct, frozen=True):
    """The conversation is given another label, team or priority."""

    label: str | None = None
    team: str | None = None
    priority: Priority | None = None
    chance: float = 1.0


class Rests(Struct, frozen=True):
    """Nothing happens for some hours; often the agent snoozes the conversation."""

    at_least: float
    at_most: float
    snoozed: float = 0.6


class Ends(Struct, frozen=True):
    """The story is over for now."""

    outcome: Outcome


class Way(Struct, frozen=True):
    """One way a story may go on."""

    weight: float
    steps: "tuple[Step, ...]"
    needs: frozenset[str] = frozenset()
    """Topics of which one must have come up for it to go this way."""


class Fork(Struct, frozen=True):
    """The story goes on in one of several ways; each begins with somebody speaking."""

    ways: tuple[Way, ...]


Step = Says | Answers | Notes | Turns | Rests | Ends | Fork


class Return(Struct, frozen=True):
    """The customer is back after it was resolved, and what they hear."""

    says: Speech
    answers: Speech


class Story(Struct, frozen=True, eq=False):
    """One kind of trouble; a conversation is one walk from its opening to an end."""

    name: str
    opens: Speech
    steps: tuple[Step, ...]
    weight: float = 1.0
    language: str = "en"
    team: str | None = None
    labels: tuple[str, ...] = ()
    priority: Priority | None = None
    heat: float = 0.25
    """How upset people are about it to begin with."""
    attachment: str | None = None
    bare: bool = False
    """It opens without a hello and a goodbye."""
    returns: tuple[Return, ...] = ()


def every_step(steps: tuple[Step, ...]) -> Iterator[Step]:
    """All steps of all ways, in reading order."""
    for step in steps:
        yield step
        if isinstance(step, Fork):
            for one in step.ways:
                yield from every_step(one.steps)


def slots_of(story: Story, *, agents: bool = False) -> frozenset[str]:
    """The facts that the customer, or the agents, may mention."""
    kind = Answers if agents else Says
    spoken = [step.speech for step in every_step(story.steps) if isinstance(step, kind)]
    speeches = spoken if agents else [story.opens, *spoken]
    return frozenset(slot for speech in speeches for line in speech.lines for slot in line.slots)
