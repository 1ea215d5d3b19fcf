"""The models from raw facts to marts: the SQL beside this file, read as one catalogue."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

_HERE = Path(__file__).parent


class Model(Struct, frozen=True):
    """One table of the lake and the query that fills it; its SQL's first line says what it is."""

    schema: str
    name: str
    order: tuple[str, ...]
    key: tuple[str, ...] = ()
    """The columns no two rows have in common."""

    @property
    def table(self) -> str:
        return f"lake.{self.schema}.{self.name}"

    @property
    def label(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def sql(self) -> str:
        return _read(f"{self.schema}/{self.name}.sql")

    @property
    def description(self) -> str:
        return self.sql.partition("\n")[0].removeprefix("-- ")

    @property
    def key_sql(self) -> str:
        return ", ".join(self.key)


def _fact(name: str, *also: str) -> Model:
    return Model("facts", name, ("account_id", "day"), ("account_id", "event_id", *also))


TELLING = ("parsed", "ordered", "labels", "hours", "moments")
"""Temporary tables that say what happened, in order, and what was true then."""

CONCLUDING = (
    "conversations",
    "waits",
    "adopted",
    "carried",
    "reply_teams",
    "spans",
    "stretches",
    "measured",
    "noted",
    "promises",
)
"""Temporary tables that say what follows from that, in the order in which they are made."""

STEPS = (*TELLING, *CONCLUDING)

OF_MERGES = ("adopted", "carried")
"""Steps that say nothing where no conversation became part of another."""

FACTS = (
    _fact("conversation_started"),
    _fact("first_response"),
    _fact("reply"),
    _fact("resolution"),
    _fact("assignment"),
    _fact("survey"),
    _fact("csat"),
    _fact("status_change"),
    _fact("message"),
    _fact("waiting", "conversation_id"),
    _fact("status_span"),
    _fact("bot_handoff"),
    _fact("backlog_change", "change"),
    _fact("reporting_event", "name"),
    _fact("sla", "promise"),
)
"""One row per event that lasts or counts; each is a function of one conversation's story."""

MEASURED = (
    "first_response",
    "reply",
    "resolution",
    "waiting",
    "status_span",
    "assignment",
    "bot_handoff",
    "reporting_event",
    "sla",
)
"""The facts that opening hours enter into."""

ACROSS_MERGES = ("first_response", "reply", "resolution", "waiting")
"""The facts that may have begun in a conversation that became part of another."""

SETTINGS = (
    Model("facts", "calendar", ()),
    Model("facts", "team_change", ()),
    Model("facts", "merge", ()),
)
"""What measuring depends on and itself changes over time."""

MARTS = (
    Model(
        "marts",
        "agent_day",
        ("account_id", "day"),
        ("account_id", "day", "agent_id", "inbox_id"),
    ),
    Model("marts", "inbox_hour", ("account_id", "day"), ("account_id", "day", "hour", "inbox_id")),
    Model(
        "marts",
        "backlog_day",
        ("account_id", "day"),
        ("account_id", "day", "agent_id", "team_id", "inbox_id"),
    ),
)
"""Sums by day, wide, for pages that count; `facts` is of how many."""


def step_sql(name: str) -> str:
    """The statement that makes one step's temporary table."""
    return _read(f"steps/{name}.sql")


@cache
def digest() -> str:
    """A fingerprint of all models: where it differs from the lake's, facts are made anew."""
    texts = (path.read_bytes() for path in sorted(_HERE.rglob("*.sql")))
    return sha256(b"\0".join(texts)).hexdigest()


@cache
def _read(path: str) -> str:
    return (_HERE / path).read_text(encoding="utf-8")
