"""Take a conversation from its team."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.automation.action_contract import Account
from desk.automation.actions.assign_team import AssignTeam
from desk.automation.parameters import NOBODY


class RemoveAssignedTeam(AssignTeam):
    """`remove_assigned_team []`: as `assign_team ["nil"]`."""

    name: ClassVar[str] = "remove_assigned_team"

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        return [NOBODY]
