"""Hand over what waits for one endpoint: signed, a few at a time, of one conversation in order.

There is one job for an endpoint, not one for a delivery, and it is done for a few seconds at a
time. So an endpoint that is slow or dead takes one place among the worker's and no more.
"""

import asyncio
import time
from datetime import timedelta
from email.utils import parsedate_to_datetime

import httpx
import structlog

from desk.actions.keep_webhook import secret_of
from desk.actions.record_delivery import Tried, record_tries
from desk.rules.webhook_signature import signature_headers
from desk.store.jobs import Job
from desk.store.webhooks import (
    Endpoint,
    Waiting,
    forget_old_deliveries,
    hold_endpoint,
    next_deliveries,
    release_endpoint,
    take_endpoint,
)
from desk.version import VERSION
from ingest.channel_contract import Rejected
from streams.failures import reason_of
from streams.guard import until_it_passes
from streams.jobs.outcome import Again, Done, Outcome
from streams.jobs.workshop import Workshop

log = structlog.get_logger()

TIMEOUT = httpx.Timeout(8.0, connect=4.0)
PATIENCE_SECONDS = 10.0
"""All in all for one try, however slowly the answer drips."""
AT_ONCE = 4
"""Deliveries under way to one endpoint, never two of one conversation."""
RUN_SECONDS = 8.0
"""Then others have their turn."""
HOLD = timedelta(seconds=30)
"""Longer than any try: whoever does not ask for more time by then is taken for dead."""
LONGEST_ANSWER = 64 * 1024


async def deliver_webhook(job: Job, work: Workshop) -> Outcome:
    """Deliver until nothing is due, the endpoint fails, or the time is over."""
    webhook_id = int(job.payload["webhook_id"])
    async with work.desk.transaction(job.account_id) as tx:
        endpoint = await take_endpoint(tx, webhook_id, hold=HOLD)
    if endpoint is None:
        return Done("there is nothing to deliver to")
    if not isinstance(endpoint, Endpoint):
        left = endpoint - work.desk.clock.now()
        return Again("another worker delivers", min(left, timedelta(seconds=5)))
    until = time.monotonic() + RUN_SECONDS
    try:
        while time.monotonic() < until and await _deliver_some(job, work, endpoint):
            pass
    finally:
        outcome = await _release(job, work, webhook_id)
    return outcome


async def _deliver_some(job: Job, work: Workshop, endpoint: Endpoint) -> bool:
    """Whether there was something; an endpoint that rests has nothing due."""
    async with work.desk.transaction(job.account_id) as tx:
        row = await tx.first(
            """select failures, resting_until, paused_at from webhooks
               where account_id = %s and id = %s""",
            [job.account_id, endpoint.id],
        )
        if row is None or row["paused_at"] is not None:
            return False
        if row["resting_until"] is not None and row["resting_until"] > tx.now:
            return False
        # An endpoint that just failed is asked with one delivery, not with four.
        limit = AT_ONCE if row["failures"] == 0 else 1
        waiting = await next_deliveries(tx, endpoint.id, limit=limit)
        await hold_endpoint(tx, endpoint.id, hold=HOLD)
    if not waiting:
        return False
    secret = secret_of(endpoint.id, endpoint.sealed_secret, work.desk.secrets)
    tries = await asyncio.gather(*(_try(work, endpoint, one, secret) for one in waiting))

    async def record() -> None:
        async with work.desk.transaction(job.account_id) as tx:
            await record_tries(tx, endpoint.id, tries)

    await until_it_passes(record)
    for tried in tries:
        work.counters.add("webhooks_delivered" if tried.delivered else "webhooks_failed")
    return True


async def _try(work: Workshop, endpoint: Endpoint, one: Waiting, secret: str | None) -> Tried:
    now, began = work.desk.clock.now(), time.perf_counter()
    body = one.body.encode()
    headers = {
        "Content-Type": "application/json",
        "Accept": "application/json",
        "User-Agent": f"Streamdesk/{VERSION}",
        **signature_headers(secret or "", str(one.uuid), now, body),
    }
    status: int | None = None
    retry_after: timedelta | None = None
    error: str | None = None
    try:
        async with (
            asyncio.timeout(PATIENCE_SECONDS),
            work.http.stream(
                "POST", endpoint.url, content=body, headers=headers, timeout=TIMEOUT
            ) as answer,
        ):
            await _read(answer)
            status, retry_after = answer.status_code, _retry_after(answer, work)
    except Rejected as no:
        error = no.reason
    except TimeoutError:
        error = f"No answer within {PATIENCE_SECONDS:.0f} seconds."
    except httpx.TimeoutException as late:
        error = f"No answer in time ({type(late).__name__})."
    except (httpx.HTTPError, httpx.InvalidURL) as trouble:
        error = reason_of(trouble)
    took = round((time.perf_counter() - began) * 1000)
    tried = Tried(one.id, now, took, status, error, retry_after)
    if status is None or tried.delivered:
        return tried
    return Tried(one.id, now, took, status, _said(status), retry_after)


async def _read(answer: httpx.Response) -> None:
    read = 0
    async for piece in answer.aiter_raw():
        read += len(piece)
        if read > LONGEST_ANSWER:
            return


def _said(status: int) -> str:
    if 300 <= status < 400:
        return f"Answered {status}: redirects are not followed, give the address it leads to."
    phrase = httpx.codes.get_reason_phrase(status)
    return f"Answered {status} {phrase}".strip() + "."


def _retry_after(answer: httpx.Response, work: Workshop) -> timedelta | None:
    value = answer.headers.get("retry-after", "").strip()
    if value.isdigit():
        return timedelta(seconds=min(int(value), 86_400))
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(at - work.desk.clock.now(), timedelta(0)) if at.tzinfo else None


async def _release(job: Job, work: Workshop, webhook_id: int) -> Outcome:
    outcome: list[Outcome] = []

    async def release() -> None:
        async with work.desk.transaction(job.account_id) as tx:
            due = await release_endpoint(tx, webhook_id)
            if due is None:
                await forget_old_deliveries(tx, webhook_id)
            outcome[:] = [
                Done()
                if due is None
                else Again("more is to be delivered", max(due - tx.now, timedelta(0)))
            ]

    await until_it_passes(release)
    return outcome[0]
