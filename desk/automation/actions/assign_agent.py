"""Give a conversation to an agent."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.actions.assign_conversation import assign_conversation
from desk.automation.action_contract import (
    DONE,
    NOTHING,
    Account,
    AutomationAction,
    Firing,
    Outcome,
)
from desk.automation.parameters import NOBODY, id_of, one_of
from desk.store.transaction import TenantTx
from desk.words.automation import Ending
from desk.words.conversation import SenderType
from desk.words.errors import Invalid
from desk.words.ids import UserId

LAST_RESPONDING = "last_responding_agent"
SELF = "self"
"""Whoever runs the macro."""


class AssignAgent(AutomationAction):
    """`assign_agent [id]`, `["nil"]` for nobody, `["last_responding_agent"]`; in macros `["self"]`."""

    name: ClassVar[str] = "assign_agent"
    for_customers: ClassVar[bool] = False

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        wanted = one_of(params, field, what="one agent")
        if wanted in (NOBODY, LAST_RESPONDING) or (wanted == SELF and account.for_macro):
            return [wanted]
        agent_id = id_of(wanted)
        if agent_id not in account.agents:
            raise Invalid("unknown_agent", f"There is no agent {wanted}.", field=field)
        return [agent_id]

    @override
    def is_settled(self, firing: Firing, params: list[Any]) -> bool:
        (wanted,) = params
        return bool(firing.conversation.assignee_id == (None if wanted == NOBODY else wanted))

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        (wanted,) = params
        if wanted == LAST_RESPONDING:
            wanted = await _last_responding(tx, firing.conversation.id)
            if wanted is None:
                return Outcome(Ending.SKIPPED, "no agent has replied yet")
        elif wanted == SELF:
            wanted = firing.user_id
        to = None if wanted == NOBODY else UserId(wanted)
        if firing.conversation.assignee_id == to:
            return NOTHING
        await assign_conversation(tx, firing.conversation, to, by=firing.by)
        return DONE


async def _last_responding(tx: TenantTx, conversation_id: int) -> int | None:
    row = await tx.first(
        """select sender_id from messages
           where account_id = %s and conversation_id = %s and sender_type = %s
             and message_type = 1 and not private order by id desc limit 1""",
        [tx.account_id, conversation_id, SenderType.USER],
    )
    return None if row is None else int(row["sender_id"])
