"""What Chatwoot's reports are about, with the names people know it by."""

from typing import Any

from desk.store.transaction import TenantTx
from desk.words.errors import NotFound

_SUBJECTS = {
    "agent": "select u.id, u.name from account_users au join users u on u.id = au.user_id "
    "where au.account_id = %(account)s",
    "inbox": "select id, name, channel from inboxes where account_id = %(account)s",
    "team": "select id, name from teams where account_id = %(account)s",
    "label": "select id, title as name from labels where account_id = %(account)s",
}


async def subjects(tx: TenantTx, kind: str) -> list[dict[str, Any]]:
    """All agents, inboxes, teams or labels of the account, oldest first."""
    return await tx.all(f"{_SUBJECTS[kind]} order by id", {"account": tx.account_id})


async def must_be_here(tx: TenantTx, kind: str, subject_id: int) -> None:
    """Raises NotFound unless the account has it."""
    found = await tx.first(
        f"select from ({_SUBJECTS[kind]}) one where id = %(id)s",
        {"account": tx.account_id, "id": subject_id},
    )
    if found is None:
        raise NotFound(f"{kind}_not_found", f"There is no such {kind}.")


async def bot_inboxes(tx: TenantTx) -> list[int]:
    """The inboxes in which a bot works now."""
    rows = await tx.all(
        "select inbox_id from agent_bot_inboxes where account_id = %s and status = 0 "
        "order by inbox_id",
        [tx.account_id],
    )
    return [row["inbox_id"] for row in rows]
