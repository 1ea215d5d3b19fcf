"""Oblige the desk to tell an account's webhooks: a row for each body and endpoint, no request yet."""

from collections.abc import Sequence
from typing import Any

import msgspec

from desk.store.jobs import queue_job
from desk.store.transaction import TenantTx
from desk.words.webhooks import MOST_TRIES, BotEvent, WebhookEvent

DELIVER_WEBHOOK = "deliver_webhook"
"""The kind of the job that hands over what waits for one endpoint."""

_ONCE = (WebhookEvent.CONVERSATION_TYPING_ON, WebhookEvent.CONVERSATION_TYPING_OFF)
"""Nobody wants to hear later that somebody was typing."""

_MANY_ATTEMPTS = 30_000
"""The deliveries count their tries; the job only looks after them."""

_QUEUE = """
insert into webhook_deliveries (account_id, webhook_id, event, event_id, conversation_id, body,
                                most_tries, due_at, created_at)
select w.account_id, w.id, %(event)s::text, %(event_id)s, %(conversation)s, %(body)s, %(most_tries)s,
       %(now)s, %(now)s
from webhooks w
where w.account_id = %(account)s and w.paused_at is null and %(event)s::text = any(w.subscriptions)
order by w.id
on conflict do nothing
returning webhook_id"""


class Telling(msgspec.Struct, frozen=True):
    """One body under the name it is told by."""

    event: WebhookEvent | BotEvent
    body: dict[str, Any]
    conversation_id: int | None = None


async def queue_deliveries(
    tx: TenantTx, tellings: Sequence[Telling], *, event_id: int | None = None
) -> None:
    """Queue each telling for the endpoints that subscribed to it; of one event only once."""
    endpoints: set[int] = set()
    for telling in tellings:
        rows = await tx.all(
            _QUEUE,
            {
                "account": tx.account_id,
                "event": telling.event.value,
                "event_id": event_id,
                "conversation": telling.conversation_id,
                "body": msgspec.json.encode({"event": telling.event, **telling.body}).decode(),
                "most_tries": 1 if telling.event in _ONCE else MOST_TRIES,
                "now": tx.now,
            },
        )
        endpoints |= {row["webhook_id"] for row in rows}
    for webhook_id in sorted(endpoints):
        await wake_endpoint(tx, webhook_id)


async def wake_endpoint(tx: TenantTx, webhook_id: int) -> None:
    """See that somebody looks after the endpoint's deliveries; whoever holds it does already."""
    row = await tx.first(
        "select held_until, resting_until from webhooks where account_id = %s and id = %s for share",
        [tx.account_id, webhook_id],
    )
    if row is None or (row["held_until"] is not None and row["held_until"] > tx.now):
        return
    # A job that is done takes its attempts with it, or a busy endpoint's would pile up.
    await tx.execute(
        """delete from jobs where account_id = %s and kind = %s and key = %s
             and done_at is not null""",
        [tx.account_id, DELIVER_WEBHOOK, str(webhook_id)],
    )
    await queue_job(
        tx,
        DELIVER_WEBHOOK,
        str(webhook_id),
        {"webhook_id": webhook_id},
        priority=6,
        due_at=row["resting_until"],
        max_attempts=_MANY_ATTEMPTS,
    )
