"""Write to the customer."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.actions.send_automatic import send_automatic
from desk.automation.action_contract import DONE, Account, AutomationAction, Firing, Outcome
from desk.automation.parameters import text_of
from desk.store.transaction import TenantTx


class SendMessage(AutomationAction):
    """`send_message ["text"]`: a message nobody is named for; it counts as no human answer."""

    name: ClassVar[str] = "send_message"
    for_customers: ClassVar[bool] = True

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        return [text_of(params, field)]

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        await send_automatic(tx, firing.conversation, params[0], by=firing.by)
        return DONE
