"""Take a conversation from its agent."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.automation.action_contract import Account
from desk.automation.actions.assign_agent import AssignAgent
from desk.automation.parameters import NOBODY


class RemoveAssignedAgent(AssignAgent):
    """`remove_assigned_agent []`: as `assign_agent ["nil"]`."""

    name: ClassVar[str] = "remove_assigned_agent"

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        return [NOBODY]
