"""Reading teams."""

from typing import Any

from desk.store.transaction import TenantTx
from desk.words.errors import NotFound
from desk.words.ids import UserId

_TEAM = """
select t.id, t.name, t.description, t.allow_auto_assign, t.account_id,
       exists (select from team_members m where m.account_id = t.account_id and m.team_id = t.id
               and m.user_id = %(user)s) as is_member
from teams t where t.account_id = %(account)s"""


async def teams(tx: TenantTx, user_id: UserId) -> list[dict[str, Any]]:
    """The account's teams by name, and whether the user is in them."""
    return await tx.all(f"{_TEAM} order by t.name", {"account": tx.account_id, "user": user_id})


async def team(tx: TenantTx, team_id: int, user_id: UserId) -> dict[str, Any]:
    """One team; raises NotFound."""
    row = await tx.first(
        f"{_TEAM} and t.id = %(team)s",
        {"account": tx.account_id, "user": user_id, "team": team_id},
    )
    if row is None:
        raise NotFound("team_not_found", "There is no such team.")
    return row
