"""What a reader that was away missed of an account's log."""

from desk.store.event_log import event_of
from desk.store.frames import Logged
from desk.store.transaction import TenantTx

_MISSED = """
select id, account_id, conversation_id, at, actor_kind, actor_id, fact, quiet, position
from events where account_id = %s and position > %s and not quiet order by position limit %s"""


async def missed_events(tx: TenantTx, position: int, *, limit: int) -> list[Logged]:
    """The events published after that position, oldest first."""
    rows = await tx.all(_MISSED, [tx.account_id, position, limit])
    return [Logged(row["position"], event_of(row)) for row in rows]
