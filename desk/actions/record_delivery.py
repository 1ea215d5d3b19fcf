"""Record how tries at delivering came out, and what that says about the endpoint."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from desk.actions.hand_over import hand_over_all, hand_over_unheard, hand_over_waiting
from desk.events.webhooks import WebhookPaused
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.webhooks import BOT_PAUSES, BOT_TRIES, PAUSES, DeliveryState

FIRST_REST, LONGEST_REST = timedelta(seconds=5), timedelta(minutes=5)
BOTS_LONGEST_REST = timedelta(seconds=15)
"""Customers wait for a bot."""
LONGEST_ASKED = timedelta(hours=1)
"""An endpoint that asks for patience gets at most this much."""
PAUSE_AFTER = timedelta(hours=24)
"""So long without one success, and the endpoint is left alone."""
KEPT_ATTEMPTS = 20

GONE = "The endpoint answered 410: it is gone."
FAILING = "The endpoint took nothing for {hours} hours. Last: {error}"
UNDELIVERED = "Not delivered: the endpoint was paused."


class Tried(msgspec.Struct, frozen=True):
    """One try: an answer, or why there was none."""

    delivery_id: int
    at: datetime
    duration_ms: int
    status: int | None = None
    error: str | None = None
    retry_after: timedelta | None = None

    @property
    def delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300

    @property
    def says_it_is_down(self) -> bool:
        return self.status is None or self.status >= 500 or self.status == 429


async def record_tries(tx: TenantTx, webhook_id: int, tries: Sequence[Tried]) -> None:
    """Write them to the log; an endpoint in trouble rests, one in trouble for long is paused."""
    # The endpoint first, then its deliveries: everybody locks them in this order.
    endpoint = await tx.first(
        "select agent_bot_id from webhooks where account_id = %s and id = %s for no key update",
        [tx.account_id, webhook_id],
    )
    if endpoint is None:
        return
    is_bot = endpoint["agent_bot_id"] is not None
    pauses = BOT_PAUSES if is_bot else PAUSES
    given_up = [tried.delivery_id for tried in tries if await _record(tx, tried, pauses)]
    await hand_over_unheard(tx, given_up)
    failed = [tried for tried in tries if not tried.delivered]
    if len(failed) < len(tries):
        await tx.execute(
            """update webhooks set failures = 0, failing_since = null, resting_until = null,
                   last_error = null, last_delivered_at = %s where account_id = %s and id = %s""",
            [tx.now, tx.account_id, webhook_id],
        )
    if not failed:
        return
    row = await tx.one(
        """update webhooks set failures = failures + 1, last_error = %s,
               failing_since = coalesce(failing_since, %s)
           where account_id = %s and id = %s returning failures, failing_since""",
        [failed[-1].error, tx.now, tx.account_id, webhook_id],
    )
    if any(tried.status == 410 for tried in failed):
        await pause_webhook(tx, webhook_id, GONE, code="gone")
        return
    if tx.now - row["failing_since"] >= PAUSE_AFTER:
        hours = int((tx.now - row["failing_since"]).total_seconds() // 3600)
        reason = FAILING.format(hours=hours, error=failed[-1].error)
        await pause_webhook(tx, webhook_id, reason, code="failing_for_long")
        return
    if is_bot and row["failures"] >= BOT_TRIES:
        await hand_over_waiting(tx, webhook_id)
    if down := [tried for tried in failed if tried.says_it_is_down]:
        asked = max((tried.retry_after or timedelta(0) for tried in down), default=timedelta(0))
        longest = BOTS_LONGEST_REST if is_bot else LONGEST_REST
        rest = max(min(_rest(row["failures"]), longest), min(asked, LONGEST_ASKED))
        await tx.execute(
            "update webhooks set resting_until = %s where account_id = %s and id = %s",
            [tx.now + rest, tx.account_id, webhook_id],
        )


async def pause_webhook(tx: TenantTx, webhook_id: int, reason: str, *, code: str) -> None:
    """Leave the endpoint alone until somebody switches it on again; what waits has failed."""
    await tx.execute(
        """update webhooks set paused_at = %s, paused_reason = %s, resting_until = null
           where account_id = %s and id = %s""",
        [tx.now, reason, tx.account_id, webhook_id],
    )
    await tx.execute(
        """update webhook_deliveries set state = %s, finished_at = %s, last_error = %s
           where account_id = %s and webhook_id = %s and state = %s""",
        [
            int(DeliveryState.FAILED),
            tx.now,
            UNDELIVERED,
            tx.account_id,
            webhook_id,
            int(DeliveryState.WAITING),
        ],
    )
    await hand_over_all(tx, webhook_id)
    tx.record(WebhookPaused(webhook_id, code), by=Actor.system())


async def _record(tx: TenantTx, tried: Tried, pauses: Sequence[timedelta]) -> bool:
    """Write one down; whether the delivery is given up."""
    row = await tx.first(
        """select tries, most_tries, attempts from webhook_deliveries
           where account_id = %s and id = %s for update""",
        [tx.account_id, tried.delivery_id],
    )
    if row is None:
        return False
    tries = row["tries"] + 1
    state = DeliveryState.WAITING
    if tried.delivered:
        state = DeliveryState.DELIVERED
    elif tries >= row["most_tries"]:
        state = DeliveryState.FAILED
    asked = min(tried.retry_after or timedelta(0), LONGEST_ASKED)
    again = max(pauses[min(tries, len(pauses)) - 1], asked)
    attempt: dict[str, Any] = {
        "at": tried.at.isoformat(),
        "status": tried.status,
        "duration_ms": tried.duration_ms,
        "error": tried.error,
    }
    await tx.execute(
        """update webhook_deliveries set state = %(state)s, tries = %(tries)s,
               due_at = %(due_at)s, response_status = %(status)s, duration_ms = %(duration)s,
               last_error = %(error)s, attempts = %(attempts)s, finished_at = %(finished)s
           where account_id = %(account)s and id = %(id)s""",
        {
            "state": int(state),
            "tries": tries,
            "due_at": tx.now + again,
            "status": tried.status,
            "duration": tried.duration_ms,
            "error": tried.error,
            "attempts": Jsonb([*row["attempts"], attempt][-KEPT_ATTEMPTS:]),
            "finished": None if state is DeliveryState.WAITING else tx.now,
            "account": tx.account_id,
            "id": tried.delivery_id,
        },
    )
    return state is DeliveryState.FAILED


def _rest(failures: int) -> timedelta:
    return min(FIRST_REST * (1 << min(failures - 1, 10)), LONGEST_REST)
