"""Oblige the desk to tell the bots of an inbox: rows for their ears, no request yet."""

from collections.abc import Sequence

import msgspec

from desk.actions.queue_deliveries import Telling, wake_endpoint
from desk.store.transaction import TenantTx
from desk.words.webhooks import BOT_TRIES

_EARS = """
select w.id from webhooks w
join agent_bot_inboxes i on i.account_id = w.account_id and i.agent_bot_id = w.agent_bot_id
where w.account_id = %s and i.inbox_id = %s and i.status = 0 and w.paused_at is null"""

_QUEUE = """
insert into webhook_deliveries (account_id, webhook_id, event, event_id, conversation_id, body,
                                most_tries, due_at, created_at)
values (%(account)s, %(ear)s, %(event)s, %(event_id)s, %(conversation)s, %(body)s, %(most_tries)s,
        %(now)s, %(now)s)
on conflict do nothing"""


async def ears_of(tx: TenantTx, inbox_id: int) -> list[int]:
    """The endpoints of the bots that meet whoever comes in through the inbox."""
    return [row["id"] for row in await tx.all(_EARS, [tx.account_id, inbox_id])]


async def tell_bots(
    tx: TenantTx, ears: Sequence[int], tellings: Sequence[Telling], *, event_id: int | None = None
) -> None:
    """Queue each telling for each of these ears; of one event only once."""
    for ear in ears:
        for telling in tellings:
            await tx.execute(
                _QUEUE,
                {
                    "account": tx.account_id,
                    "ear": ear,
                    "event": telling.event.value,
                    "event_id": event_id,
                    "conversation": telling.conversation_id,
                    "body": msgspec.json.encode({"event": telling.event, **telling.body}).decode(),
                    "most_tries": BOT_TRIES,
                    "now": tx.now,
                },
            )
        await wake_endpoint(tx, ear)
