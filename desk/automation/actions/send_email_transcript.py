"""Send the conversation to somebody by mail."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.actions.ask_transcript import ask_transcript, mail_address
from desk.automation.action_contract import DONE, Account, AutomationAction, Firing, Outcome
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid

MOST_ADDRESSES = 10


class SendEmailTranscript(AutomationAction):
    """`send_email_transcript ["a@x.example,b@x.example"]`."""

    name: ClassVar[str] = "send_email_transcript"
    for_customers: ClassVar[bool] = True

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        given = [one for param in params for one in str(param).split(",") if one.strip()]
        if not 1 <= len(given) <= MOST_ADDRESSES:
            raise Invalid(
                "addresses_missing", f"Give 1 to {MOST_ADDRESSES} mail addresses.", field=field
            )
        return [mail_address(one, field=field) for one in given]

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        for address in params:
            await ask_transcript(tx, firing.conversation, address, by=firing.by)
        return DONE
