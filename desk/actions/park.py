"""Put aside what a stream could not do, where a person can see it, replay it or drop it."""

import msgspec

from desk.store.transaction import WideTx
from desk.words.ids import AccountId


class Parking(msgspec.Struct, frozen=True):
    """Something to be parked, known by who gave up on which part of what."""

    account_id: AccountId
    consumer: str
    source: str
    """`inbound` or `event`."""
    source_id: int
    part: int
    reason: str


async def park(tx: WideTx, parkings: list[Parking]) -> None:
    """Park each once, however often it comes by."""
    if not parkings:
        return
    await tx.execute(
        """insert into parked_messages (account_id, consumer, source, source_id, part, reason, created_at)
           select p.*, %s from unnest(%b::bigint[], %b::text[], %b::text[], %b::bigint[],
                                      %b::bigint[], %b::text[]) p(account_id)
           -- Of an account that was erased meanwhile nothing is kept.
           where exists (select from accounts a where a.id = p.account_id)
           on conflict (consumer, source, source_id, part) do update
           set reason = excluded.reason,
               resolved_at = case when parked_messages.resolution = 'replayed' then null
                                  else parked_messages.resolved_at end,
               resolution = nullif(parked_messages.resolution, 'replayed')""",
        [
            tx.now,
            [p.account_id for p in parkings],
            [p.consumer for p in parkings],
            [p.source for p in parkings],
            [p.source_id for p in parkings],
            [p.part for p in parkings],
            [p.reason[:2000].replace("\x00", "\ufffd") for p in parkings],
        ],
    )
