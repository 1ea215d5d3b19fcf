"""Put labels on a conversation."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.actions.judge_conversation import set_labels
from desk.automation.action_contract import (
    DONE,
    NOTHING,
    Account,
    AutomationAction,
    Firing,
    Outcome,
)
from desk.automation.named_labels import labels_of
from desk.store.labels import titles
from desk.store.transaction import TenantTx


class AddLabel(AutomationAction):
    """`add_label ["title", …]`: labels of the account; those it has stay."""

    name: ClassVar[str] = "add_label"
    for_customers: ClassVar[bool] = False

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        return labels_of(params, account, field)

    @override
    def is_settled(self, firing: Firing, params: list[Any]) -> bool:
        return set(params) <= set(firing.labels)

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        had = await titles(tx, firing.conversation.label_ids)
        if set(params) <= set(had):
            return NOTHING
        await set_labels(tx, firing.conversation, [*had, *params], by=firing.by)
        return DONE
