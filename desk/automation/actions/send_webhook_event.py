"""Tell another program about a conversation."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.automation.action_contract import Account, AutomationAction, Firing, Outcome
from desk.automation.errands import send_on_errand
from desk.automation.parameters import address_of
from desk.store.transaction import TenantTx


class SendWebhookEvent(AutomationAction):
    """`send_webhook_event ["https://…"]`: the conversation, as `automation_event.<event>`."""

    name: ClassVar[str] = "send_webhook_event"
    for_customers: ClassVar[bool] = False

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        return [address_of(params, field)]

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        return await send_on_errand(tx, firing, index, self.name, params)
