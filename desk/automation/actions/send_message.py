"""Write to the customer."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.automation.action_contract import DONE, Account, AutomationAction, Firing, Outcome
from desk.automation.parameters import text_of
from desk.automation.writing import write
from desk.store.transaction import TenantTx


class SendMessage(AutomationAction):
    """`send_message ["text"]`: a message nobody is named for, unless somebody ran a macro."""

    name: ClassVar[str] = "send_message"
    for_customers: ClassVar[bool] = True

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        return [text_of(params, field)]

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        await write(tx, firing, params[0])
        return DONE
