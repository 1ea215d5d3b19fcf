"""Hear nothing more from a contact."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.actions.mute_conversation import is_muted, mute_conversation
from desk.automation.action_contract import (
    DONE,
    NOTHING,
    Account,
    AutomationAction,
    Firing,
    Outcome,
)
from desk.store.transaction import TenantTx
from desk.words.conversation import ConversationStatus


class MuteConversation(AutomationAction):
    """`mute_conversation []`: resolved, and its contact blocked."""

    name: ClassVar[str] = "mute_conversation"
    for_customers: ClassVar[bool] = False

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        return []

    @override
    def is_settled(self, firing: Firing, params: list[Any]) -> bool:
        # A blocked contact's messages are not taken, so only the status can be otherwise.
        return firing.conversation.status == ConversationStatus.RESOLVED

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        if self.is_settled(firing, params) and await is_muted(tx, firing.conversation):
            return NOTHING
        await mute_conversation(tx, firing.conversation, by=firing.by)
        return DONE
