"""What an automation action is, and what it is given."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import msgspec

from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.automation import ActionWanted, Ending, RuleEvent
from desk.words.ids import UserId


class Account(msgspec.Struct, frozen=True):
    """What the account has that a rule may name."""

    id: int
    agents: frozenset[int]
    teams: frozenset[int]
    inboxes: frozenset[int]
    labels: frozenset[str]
    secrets: SecretBox
    kept: tuple[ActionWanted, ...] = ()
    """The actions of the rule as it stands, for what is not shown and need not be given again."""
    for_macro: bool = False
    """Whoever runs it does it: they can be named, too."""
    sla_policies: frozenset[int] = frozenset()


class Firing(msgspec.Struct, frozen=True):
    """One rule on one fact, or one macro, while it acts; the conversation is locked."""

    rule_id: int
    """0: a macro."""
    run_id: int
    event_name: RuleEvent | None
    """None: somebody runs a macro."""
    conversation: ConversationRow
    labels: tuple[str, ...]
    contact_phone_number: str | None
    message_id: int | None
    """The message it is about, or the latest."""
    after_rules: tuple[int, ...]
    late: bool
    """The fact is so old that no customer wants to hear of it any more."""
    user_id: UserId | None = None
    """Who runs the macro."""

    @property
    def by(self) -> Actor:
        return Actor.rule(self.rule_id) if self.user_id is None else Actor.user(self.user_id)


class Outcome(msgspec.Struct, frozen=True):
    """How an action came out, and a few words about it."""

    ending: Ending
    detail: str | None = None


DONE = Outcome(Ending.DONE)
NOTHING = Outcome(Ending.NOTHING, "it was so already")


class AutomationAction(ABC):
    """Something a rule can do. It keeps no state."""

    name: ClassVar[str]
    """Chatwoot's name where it has one."""
    for_customers: ClassVar[bool]
    """Somebody outside hears of it: not done about facts that are long past."""

    @abstractmethod
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        """The parameters as they are kept; raises Invalid naming `field`."""

    def is_settled(self, firing: Firing, params: list[Any]) -> bool:
        """Whether it would change nothing: a rule that meets its own work again then rests."""
        del firing, params
        return False

    @abstractmethod
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        """Do it, through the actions agents use; `index` is its place in the rule."""
