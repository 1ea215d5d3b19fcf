"""What relay and worker do for an account's facts, here and now: no broker, no jobs."""

from collections.abc import Sequence

from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.event_log import event_of
from streams.feeding import feed_once
from streams.reactions import React, Reaction
from streams.topology import REACTIONS
from tests.builders.accounts import SmallDesk

_UNDONE = """
select id, account_id, conversation_id, at, actor_kind, actor_id, fact, quiet,
       rules_version, after_rules from events
where done_at is null and account_id = %s order by id"""


async def react(desk: Desk, at: SmallDesk, *only: str) -> None:
    """Let everything that happened meet its reactions, or only those named, until all is quiet."""
    reactions: Sequence[Reaction] = [r for r in REACTIONS if not only or r.name in only]
    while True:
        while await feed_once(desk):
            pass
        async with desk.transaction(at.account_id) as tx:
            rows = await tx.all(_UNDONE, [at.account_id])
        if not rows:
            return
        await React(reactions, desk, Counters()).react([event_of(row) for row in rows])
