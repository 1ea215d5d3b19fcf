"""Promise a conversation what a policy says."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.actions.apply_sla import apply_sla
from desk.automation.action_contract import (
    DONE,
    NOTHING,
    Account,
    AutomationAction,
    Firing,
    Outcome,
)
from desk.automation.parameters import id_of, one_of
from desk.store.transaction import TenantTx
from desk.words.automation import Ending
from desk.words.errors import Invalid


class AddSla(AutomationAction):
    """`add_sla [policy id]`; a conversation that has a policy keeps it."""

    name: ClassVar[str] = "add_sla"
    for_customers: ClassVar[bool] = False

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        wanted = one_of(params, field, what="one SLA policy")
        policy_id = id_of(wanted)
        if policy_id not in account.sla_policies:
            raise Invalid("unknown_sla_policy", f"There is no SLA policy {wanted}.", field=field)
        return [policy_id]

    @override
    def is_settled(self, firing: Firing, params: list[Any]) -> bool:
        return firing.conversation.sla_policy_id is not None

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        if firing.conversation.sla_policy_id == params[0]:
            return NOTHING
        if firing.conversation.sla_policy_id is not None:
            return Outcome(Ending.SKIPPED, "it has another SLA policy, which stays")
        await apply_sla(tx, firing.conversation, params[0], by=firing.by)
        return DONE
