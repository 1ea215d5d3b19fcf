"""Actions that bring a conversation to a status."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.actions.change_status import change_status
from desk.automation.action_contract import (
    DONE,
    NOTHING,
    Account,
    AutomationAction,
    Firing,
    Outcome,
)
from desk.store.transaction import TenantTx
from desk.words.conversation import ConversationStatus


class StatusAction(AutomationAction):
    """It takes nothing: the conversation is in the status, as if an agent had done it."""

    to: ClassVar[ConversationStatus]
    for_customers: ClassVar[bool] = False

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        # What clients send all the same is dropped.
        return []

    @override
    def is_settled(self, firing: Firing, params: list[Any]) -> bool:
        return firing.conversation.status == self.to

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        if self.is_settled(firing, params):
            return NOTHING
        await change_status(tx, firing.conversation, self.to, by=firing.by)
        return DONE
