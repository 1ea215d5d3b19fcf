"""From the event log to the screens: place, shape and tell, without waiting for any broker."""

from collections import defaultdict

import structlog

from desk.store import feed
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.event_log import event_of
from desk.store.feed import Frame
from desk.store.frames import Logged, frames_of
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
returning e.position, e.id, e.account_id, e.conversation_id, e.at, e.actor_kind, e.actor_id,
          e.fact, e.quiet"""


async def feed_once(desk: Desk, counters: Counters | None = None) -> int:
    """Feed the oldest events that screens have not heard of; how many there were.

    Their places become visible together with the frames: who resumes from a place while the
    commit is under way waits for it (`wait_for_feed`).
    """
    async with desk.transaction_across_accounts(reason="the feed serves every account") as tx:
        await feed.hold_feed(tx)
        rows = await tx.all(_PLACE, [BATCH], prepare=True)
        by_account: defaultdict[AccountId, list[Logged]] = defaultdict(list)
        for row in sorted(rows, key=lambda row: row["position"]):
            by_account[row["account_id"]].append(Logged(row["position"], event_of(row)))
        frames = await _frames(desk, tx, by_account)
        await feed.publish(desk.redis, frames)
    if counters is not None and rows:
        counters.add("events_fed", len(rows))
        counters.add("frames", len(frames))
    return len(rows)


async def _frames(
    desk: Desk, tx: WideTx, by_account: dict[AccountId, list[Logged]]
) -> list[tuple[AccountId, Frame]]:
    # Whoever begins to listen after this look reads the events from the database: they stand
    # there already. For accounts without listeners no shape is built.
    watched = await feed.watched(desk.redis, list(by_account))
    return [
        (account_id, frame)
        for account_id in by_account
        if account_id in watched
        for frame in await frames_of(tx, account_id, by_account[account_id])
    ]
