"""Bring a conversation to the status that is named."""

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
from desk.automation.parameters import one_of
from desk.store.transaction import TenantTx
from desk.words.conversation import ConversationStatus
from desk.words.errors import Invalid


class ChangeStatus(AutomationAction):
    """`change_status ["resolved"]`; snoozed lasts until the customer writes."""

    name: ClassVar[str] = "change_status"
    for_customers: ClassVar[bool] = False

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        wanted = one_of(params, field, what="one status")
        if wanted not in [one.word for one in ConversationStatus]:
            raise Invalid(
                "unknown_status",
                "The status is open, resolved, pending or snoozed.",
                field=field,
            )
        return [wanted]

    @override
    def is_settled(self, firing: Firing, params: list[Any]) -> bool:
        return firing.conversation.status == ConversationStatus.from_word(params[0])

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        if self.is_settled(firing, params):
            return NOTHING
        await change_status(
            tx, firing.conversation, ConversationStatus.from_word(params[0]), by=firing.by
        )
        return DONE
