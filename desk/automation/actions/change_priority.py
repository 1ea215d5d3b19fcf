"""Say how urgent a conversation is."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.actions.judge_conversation import set_priority
from desk.automation.action_contract import (
    DONE,
    NOTHING,
    Account,
    AutomationAction,
    Firing,
    Outcome,
)
from desk.automation.parameters import NOBODY, one_of
from desk.store.transaction import TenantTx
from desk.words.conversation import Priority
from desk.words.errors import Invalid


class ChangePriority(AutomationAction):
    """`change_priority ["urgent"]`, `["nil"]` to take the judgement back."""

    name: ClassVar[str] = "change_priority"
    for_customers: ClassVar[bool] = False

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        wanted = one_of(params, field, what="one priority")
        if wanted not in (NOBODY, *(one.word for one in Priority)):
            raise Invalid(
                "unknown_priority",
                "The priority is low, medium, high, urgent, or nil for none.",
                field=field,
            )
        return [wanted]

    @override
    def is_settled(self, firing: Firing, params: list[Any]) -> bool:
        return bool(firing.conversation.priority == _priority(params))

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        if self.is_settled(firing, params):
            return NOTHING
        await set_priority(tx, firing.conversation, _priority(params), by=firing.by)
        return DONE


def _priority(params: list[Any]) -> Priority | None:
    return None if params[0] == NOBODY else Priority.from_word(params[0])
