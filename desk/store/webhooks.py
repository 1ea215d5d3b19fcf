"""Reading webhooks and their deliveries, and holding an endpoint while delivering to it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from desk.store.transaction import TenantTx
from desk.words.webhooks import HOLDS_BACK_FOR, DeliveryState

DELIVERIES_PAGE = 25
KEEP_DELIVERIES = 1000
KEEP_FOR = timedelta(days=30)

_COLUMNS = """
select w.id, w.account_id, w.url, w.name, w.secret, w.subscriptions, w.failing_since, w.failures,
       w.last_error, w.last_delivered_at, w.paused_at, w.paused_reason, i.id as inbox_id,
       i.name as inbox_name,
       (select count(*) from webhook_deliveries d where d.account_id = w.account_id
            and d.webhook_id = w.id and d.state = 0) as waiting
from webhooks w left join inboxes i on i.account_id = w.account_id and i.id = w.inbox_id
where w.account_id = %s and w.agent_bot_id is null"""

_DELIVERY = """
select id, webhook_id, uuid, event, conversation_id, state, tries, most_tries, due_at,
       response_status, duration_ms, last_error, attempts, created_at, finished_at"""

_NEXT = f"""
select d.id, d.uuid, d.body from webhook_deliveries d
where d.account_id = %(account)s and d.webhook_id = %(webhook)s and d.state = 0
  and d.due_at <= %(now)s
  and (d.conversation_id is null or not exists (
      select from webhook_deliveries e
      where e.account_id = d.account_id and e.webhook_id = d.webhook_id and e.state = 0
        and e.conversation_id = d.conversation_id and e.id < d.id
        and e.tries < {HOLDS_BACK_FOR}))
order by d.id limit %(limit)s"""

_WAITING = """
select min(due_at) as due_at from webhook_deliveries
where account_id = %s and webhook_id = %s and state = 0"""

_FORGET = """
delete from webhook_deliveries where account_id = %(account)s and webhook_id = %(webhook)s
  and state <> 0 and (created_at < %(before)s or id < (
      select id from webhook_deliveries
      where account_id = %(account)s and webhook_id = %(webhook)s
      order by id desc offset %(keep)s limit 1))"""


class Endpoint(msgspec.Struct, frozen=True):
    """Where to deliver, held for whoever took it."""

    id: int
    url: str
    sealed_secret: bytes | None
    failures: int
    resting_until: datetime | None


class Waiting(msgspec.Struct, frozen=True):
    """A delivery whose turn it is."""

    id: int
    uuid: UUID
    body: str


async def webhooks(tx: TenantTx) -> list[dict[str, Any]]:
    """The account's webhooks, oldest first."""
    return await tx.all(f"{_COLUMNS} order by w.id", [tx.account_id])


async def webhook(tx: TenantTx, webhook_id: int) -> dict[str, Any] | None:
    """One of them."""
    return await tx.first(f"{_COLUMNS} and w.id = %s", [tx.account_id, webhook_id])


async def deliveries(
    tx: TenantTx, webhook_id: int, *, page: int = 1, state: DeliveryState | None = None
) -> list[dict[str, Any]]:
    """A page of the delivery log, newest first."""
    return await tx.all(
        f"""{_DELIVERY} from webhook_deliveries
            where account_id = %s and webhook_id = %s and state = coalesce(%s, state)
            order by id desc limit %s offset %s""",
        [
            tx.account_id,
            webhook_id,
            None if state is None else int(state),
            DELIVERIES_PAGE,
            (max(page, 1) - 1) * DELIVERIES_PAGE,
        ],
    )


async def delivery(tx: TenantTx, webhook_id: int, delivery_id: int) -> dict[str, Any] | None:
    """One delivery, with its body."""
    return await tx.first(
        f"""{_DELIVERY}, body from webhook_deliveries
            where account_id = %s and webhook_id = %s and id = %s""",
        [tx.account_id, webhook_id, delivery_id],
    )


async def take_endpoint(
    tx: TenantTx, webhook_id: int, *, hold: timedelta
) -> Endpoint | datetime | None:
    """The endpoint, held; or until when another worker holds it; or nothing to deliver to."""
    row = await tx.first(
        """select url, secret, failures, resting_until, held_until, paused_at from webhooks
           where account_id = %s and id = %s for no key update""",
        [tx.account_id, webhook_id],
    )
    if row is None or row["paused_at"] is not None:
        return None
    if row["held_until"] is not None and row["held_until"] > tx.now:
        until: datetime = row["held_until"]
        return until
    await hold_endpoint(tx, webhook_id, hold=hold)
    return Endpoint(webhook_id, row["url"], row["secret"], row["failures"], row["resting_until"])


async def hold_endpoint(tx: TenantTx, webhook_id: int, *, hold: timedelta) -> None:
    """Whoever delivers is alive."""
    await tx.execute(
        "update webhooks set held_until = %s where account_id = %s and id = %s",
        [tx.now + hold, tx.account_id, webhook_id],
    )


async def next_deliveries(tx: TenantTx, webhook_id: int, *, limit: int) -> list[Waiting]:
    """Those whose turn it is: of one conversation the oldest only."""
    rows = await tx.all(
        _NEXT,
        {"account": tx.account_id, "webhook": webhook_id, "now": tx.now, "limit": limit},
    )
    return [Waiting(row["id"], row["uuid"], row["body"]) for row in rows]


async def release_endpoint(tx: TenantTx, webhook_id: int) -> datetime | None:
    """Let the endpoint go, and say when its next delivery is due.

    Whoever queues a delivery waits for this lock: either it is counted here, or the endpoint is
    free and its job is woken.
    """
    row = await tx.first(
        """update webhooks set held_until = null where account_id = %s and id = %s
           returning resting_until, paused_at""",
        [tx.account_id, webhook_id],
    )
    if row is None or row["paused_at"] is not None:
        return None
    due: datetime | None = (await tx.one(_WAITING, [tx.account_id, webhook_id]))["due_at"]
    rests: datetime | None = row["resting_until"]
    return due if due is None or rests is None else max(due, rests)


async def forget_old_deliveries(tx: TenantTx, webhook_id: int) -> None:
    """Keep the newest of the log."""
    await tx.execute(
        _FORGET,
        {
            "account": tx.account_id,
            "webhook": webhook_id,
            "before": tx.now - KEEP_FOR,
            "keep": KEEP_DELIVERIES,
        },
    )
