"""Give a conversation to a team."""

from typing import Any, ClassVar

from typing_extensions import override

from desk.actions.assign_conversation import assign_team
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
from desk.words.errors import Invalid
from desk.words.ids import TeamId


class AssignTeam(AutomationAction):
    """`assign_team [id]`, `["nil"]` for none."""

    name: ClassVar[str] = "assign_team"
    for_customers: ClassVar[bool] = False

    @override
    def check(self, params: list[Any], account: Account, *, field: str) -> list[Any]:
        wanted = one_of(params, field, what="one team")
        team_id = id_of(wanted)
        if wanted == NOBODY or team_id == 0:
            return [NOBODY]
        if team_id not in account.teams:
            raise Invalid("unknown_team", f"There is no team {wanted}.", field=field)
        return [team_id]

    @override
    def is_settled(self, firing: Firing, params: list[Any]) -> bool:
        return bool(firing.conversation.team_id == _team(params))

    @override
    async def run(self, tx: TenantTx, firing: Firing, index: int, params: list[Any]) -> Outcome:
        to = _team(params)
        if firing.conversation.team_id == to:
            return NOTHING
        await assign_team(tx, firing.conversation, to, by=firing.by)
        return DONE


def _team(params: list[Any]) -> TeamId | None:
    return None if params[0] == NOBODY else TeamId(params[0])
