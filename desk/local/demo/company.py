"""What a demo company consists of."""

from datetime import time
from enum import StrEnum

from msgspec import Struct

HUE_COLOURS = {
    1: "#e5726b",
    2: "#d08030",
    3: "#b0952a",
    4: "#4fa563",
    5: "#2aa5a0",
    6: "#3f8fd2",
    7: "#8b80dc",
    8: "#d26f9f",
}
"""Label colours by hue class h1 to h8, for whoever asks for a plain hex value."""


class Manner(StrEnum):
    """An agent's way of writing."""

    WARM = "warm"
    BRISK = "brisk"
    FORMAL = "formal"
    CHEERFUL = "cheerful"
    CAREFUL = "careful"


class Interval(Struct, frozen=True):
    """A stretch of one local day."""

    opens: time
    closes: time


class Shift(Struct, frozen=True):
    """When an agent works: local hours on the given weekdays, Monday being 0."""

    interval: Interval
    weekdays: tuple[int, ...]


class DemoAgent(Struct, frozen=True):
    """Somebody who answers, with the skill that makes the reports differ."""

    key: str
    name: str
    email: str
    manner: Manner
    teams: tuple[str, ...]
    shift: Shift
    speed: float = 1.0
    """Stretches every answer: 0.6 is quick, 1.8 is slow."""
    quality: float = 0.8
    """Chance of a good experience, apart from the outcome."""
    languages: tuple[str, ...] = ("en",)
    administrator: bool = False

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


class DemoTeam(Struct, frozen=True):
    """Agents who share a kind of work."""

    key: str
    name: str
    description: str


class DemoLabel(Struct, frozen=True):
    """A word agents put on conversations; its hue is one of h1 to h8."""

    title: str
    hue: int
    description: str

    @property
    def colour(self) -> str:
        return HUE_COLOURS[self.hue]


class DemoInbox(Struct, frozen=True):
    """The company's WhatsApp number."""

    name: str
    phone_number: str
    phone_number_id: str


class Volume(Struct, frozen=True):
    """How many conversations begin, and when, in local time."""

    per_day: float
    weekdays: tuple[float, ...]
    """Seven factors, Monday first."""
    hours: tuple[int, ...]
    """Twenty-four weights, midnight first."""


class Company(Struct, frozen=True, eq=False):
    """One account of the demo."""

    key: str
    name: str
    trade: str
    time_zone: str
    locale: str
    domain: str
    money: str
    """How an amount is written; `{}` is the number."""
    largest_amount: int
    working_hours: tuple[Interval | None, ...]
    """Seven local intervals, Monday first; closed is None."""
    agents: tuple[DemoAgent, ...]
    teams: tuple[DemoTeam, ...]
    labels: tuple[DemoLabel, ...]
    inbox: DemoInbox
    volume: Volume
    customers: int
    regions: dict[str, float]
    """Where its customers come from, as weights: names, numbers and mother tongues follow."""
    foreign_share: float
    """How likely a customer with another mother tongue writes in it."""
    out_of_office: str
    bot: str | None = None
    """The name of the bot that meets visitors of the website."""
    one_conversation: bool = False
    """A customer who writes again reopens the old conversation instead of beginning a new one."""

    def agent(self, key: str) -> DemoAgent:
        return next(agent for agent in self.agents if agent.key == key)
