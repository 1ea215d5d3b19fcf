"""Webhooks as tests see them: subscribed to, met by what happened, delivered, and logged."""

from datetime import timedelta
from typing import Any

from desk.actions.keep_webhook import (
    create_webhook,
    secret_of,
)
from desk.actions.queue_deliveries import DELIVER_WEBHOOK
from desk.clock import FixedClock
from desk.events.envelope import Event
from desk.store.desk import Desk
from desk.store.event_log import event_of
from desk.words.actor import Actor
from desk.words.webhooks import WebhookEvent
from streams.handlers.queue_webhooks import queue_webhooks
from streams.jobs import deliver_webhook as delivering
from streams.jobs.keeping import keep
from streams.jobs.outcome import Outcome
from streams.jobs.workshop import Workshop
from tests.builders.accounts import SmallDesk
from tests.streams.arrivals import rows
from tests.streams.promises import due

KINDS = {DELIVER_WEBHOOK: delivering.deliver_webhook}
ALL = tuple(event.value for event in WebhookEvent)
MESSAGES = ("message_created",)


async def subscribe(desk: Desk, at: SmallDesk, url: str, *events: str) -> tuple[int, str]:
    """A webhook's id and secret."""
    async with desk.transaction(at.account_id) as tx:
        row = await create_webhook(
            tx,
            url,
            by=Actor.user(at.administrator),
            secrets=desk.secrets,
            subscriptions=events or ALL,
        )
        return row.id, str(secret_of(row.id, row.secret, desk.secrets))


async def facts(desk: Desk, at: SmallDesk) -> list[Event]:
    """What happened and was met by nobody yet."""
    async with desk.transaction(at.account_id) as tx:
        found = await tx.all(
            """select id, account_id, conversation_id, at, actor_kind, actor_id, fact, quiet,
                      rules_version, after_rules
               from events where account_id = %s and done_at is null order by id""",
            [at.account_id],
        )
    return [event_of(row) for row in found]


async def happened(desk: Desk, at: SmallDesk) -> None:
    """Every fact of the account that nobody has met yet meets the handler."""
    found = await facts(desk, at)
    async with desk.transaction(at.account_id) as tx:
        await tx.execute(
            "update events set done_at = %s where account_id = %s", [tx.now, tx.account_id]
        )
    for event in found:
        await queue_webhooks(event, desk)


async def deliver(desk: Desk, at: SmallDesk, way_out: Workshop) -> list[Outcome]:
    jobs = [job for job in await due(desk, at) if job.kind == DELIVER_WEBHOOK]
    return [await keep(job, KINDS, way_out) for job in jobs]


async def log_of(desk: Desk, at: SmallDesk) -> list[dict[str, Any]]:
    return list(await rows(desk, at, "webhook_deliveries"))


def later(clock: FixedClock, **span: float) -> None:
    clock.set(clock.now() + timedelta(**span))
