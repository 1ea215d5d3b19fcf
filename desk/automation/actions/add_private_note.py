"""Leave a note for colleagues."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.automation.action_contract import DONE, Account, AutomationAction, Firing, Outcome
from desk.automation.parameters import text_of
from desk.automation.writing import write
from desk.store.transaction import TenantTx


class AddPrivateNote(AutomationAction):
    """`add_private_note ["text"]`: customers never see it."""

    name: ClassVar[str] = "add_private_note"
    for_customers: ClassVar[bool] = False

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        return [text_of(params, field)]

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        await write(tx, firing, params[0], private=True)
        return DONE
