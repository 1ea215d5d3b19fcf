"""Send a text message about a conversation."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.automation.action_contract import Account, AutomationAction, Firing, Outcome
from desk.automation.errands import send_on_errand
from desk.store.automation import sms_sender
from desk.store.transaction import TenantTx
from desk.words.automation import Ending
from desk.words.errors import Invalid
from desk.words.phone_number import phone_number

MOST_NUMBERS = 10


class SendSms(AutomationAction):
    """`send_sms ["+1555…"]`: who wrote and what, through the account's SMS sender."""

    name: ClassVar[str] = "send_sms"
    for_customers: ClassVar[bool] = True

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        if not 1 <= len(params) <= MOST_NUMBERS:
            raise Invalid(
                "phone_numbers_missing", f"Give 1 to {MOST_NUMBERS} numbers.", field=field
            )
        return list(dict.fromkeys(phone_number(one, field=field) for one in params))

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        if not firing.contact_phone_number:
            return Outcome(Ending.SKIPPED, "the contact has no phone number")
        if await sms_sender(tx) is None:
            return Outcome(Ending.FAILED, "the account has no SMS sender")
        return await send_on_errand(tx, firing, index, self.name, params)
