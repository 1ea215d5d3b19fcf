"""From the event log to the screens: place, shape and tell, without waiting for any broker."""

from collections import defaultdict

import structlog

from desk.store import feed
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.event_log import event_of
from desk.store.feed import Frame
from desk.store.frames import frames_of
from desk.store.frames_telling import Logged
from desk.store.transaction import WideTx
from desk.words.ids import AccountId

log = structlog.get_logger()

BATCH = 500

_PLACE = """
with unfed as materialized (
    select account_id, id from events where position is null and not quiet
    order by id limit %s
), placed as (
    select account_id, id, nextval('event_positions') as place from unfed
)
update events e set position = placed.place from placed
where e.account_id = placed.account_id and e.id = placed.id
returning e.account_id, e.id"""

_READ = """
select position, id, account_id, conversation_id, at, actor_kind, actor_id, fact, quiet
from events where account_id = %s and id = any(%b::bigint[]) order by position"""


async def feed_once(desk: Desk, counters: Counters | None = None) -> int:
    """Feed the oldest events that screens have not heard of; how many there were.

    Their places become visible together with the frames: who resumes from a place while the
    commit is under way waits for it (`wait_for_feed`).
    """
    async with desk.transaction_across_accounts(reason="the feed serves every account") as tx:
        await feed.hold_feed(tx)
        rows = await tx.all(_PLACE, [BATCH], prepare=True)
        by_account: defaultdict[AccountId, list[int]] = defaultdict(list)
        for row in rows:
            by_account[row["account_id"]].append(row["id"])
        frames = await _frames(desk, tx, by_account)
        await feed.publish(desk.redis, frames)
    if counters is not None and rows:
        counters.add("events_fed", len(rows))
        counters.add("frames", len(frames))
    return len(rows)


async def _frames(
    desk: Desk, tx: WideTx, by_account: dict[AccountId, list[int]]
) -> list[tuple[AccountId, Frame]]:
    # Whoever begins to listen after this look reads the events from the database: they stand
    # there already. For accounts without listeners nothing is read and no shape is built.
    frames: list[tuple[AccountId, Frame]] = []
    for account_id in sorted(await feed.watched(desk.redis, list(by_account))):
        rows = await tx.all(_READ, [account_id, by_account[account_id]], prepare=True)
        logged = [Logged(row["position"], event_of(row)) for row in rows]
        frames += [(account_id, frame) for frame in await frames_of(tx, account_id, logged)]
    return frames
