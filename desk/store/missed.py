"""What a reader that was away missed of an account's log."""

from desk.store.event_log import event_of
from desk.store.frames_telling import Logged
from desk.store.transaction import TenantTx

_COLUMNS = "id, account_id, conversation_id, at, actor_kind, actor_id, fact, quiet, position"

_MISSED = f"""
select {_COLUMNS}
from events where account_id = %s and position > %s and not quiet order by position limit %s"""

_OF_VISITOR = f"""
select {_COLUMNS} from events e
where account_id = %s and position > %s and not quiet and conversation_id in (
    select c.id from conversations c
    where c.account_id = e.account_id and c.contact_inbox_id = %s)
order by position limit %s"""


async def missed_events(tx: TenantTx, position: int, *, limit: int) -> list[Logged]:
    """The events published after that position, oldest first."""
    rows = await tx.all(_MISSED, [tx.account_id, position, limit])
    return [Logged(row["position"], event_of(row)) for row in rows]


async def missed_of_visitor(
    tx: TenantTx, contact_inbox_id: int, position: int, *, limit: int
) -> list[Logged]:
    """Those about one customer's own conversations."""
    rows = await tx.all(_OF_VISITOR, [tx.account_id, position, contact_inbox_id, limit])
    return [Logged(row["position"], event_of(row)) for row in rows]


async def end_of_log(tx: TenantTx) -> int:
    """The place of the account's newest published event."""
    row = await tx.one(
        "select coalesce(max(position), 0) as place from events where account_id = %s",
        [tx.account_id],
    )
    return int(row["place"])
