"""A person decides about what a stream put aside: run it again, or let it go."""

from typing import Any

from desk.store.outbox import LOG_OF_SOURCE, travel_again
from desk.store.transaction import WideTx


async def replay_parked(tx: WideTx, parked_id: int) -> bool:
    """Let the relay publish it once more; whether it was open. Parked again, it is open again."""
    row = await _resolve(tx, parked_id, "replayed")
    if row is None:
        return False
    await travel_again(tx, LOG_OF_SOURCE[row["source"]], (row["account_id"], row["source_id"]))
    return True


async def drop_parked(tx: WideTx, parked_id: int) -> bool:
    """Nobody will come back to it; whether it was open."""
    return await _resolve(tx, parked_id, "dropped") is not None


async def _resolve(tx: WideTx, parked_id: int, resolution: str) -> dict[str, Any] | None:
    return await tx.first(
        """update parked_messages set resolved_at = %s, resolution = %s
           where id = %s and resolved_at is null returning account_id, source, source_id""",
        [tx.now, resolution, parked_id],
    )
