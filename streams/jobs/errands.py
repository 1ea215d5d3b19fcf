"""What all of automation's errands share: asking a stranger, and reporting how it came out.

Every request carries the firing's Idempotency-Key, the same for every try. Where the outcome of a
try is unknown the same request is made again with the same key; who may not be asked twice
blindly (text messages) finds out first.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import httpx
import msgspec
import structlog

from desk.automation.errands import Errand
from desk.automation.reporting import conversation_of, report_errand, say_of_errand
from desk.store.jobs import Job
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.automation import Ending
from desk.words.errors import NotFound, Transient
from ingest.channel_contract import Rejected, TryAgain, Unknown
from ingest.outgoing import read_whole
from streams.failures import Verdict, judge, reason_of
from streams.guard import until_it_passes
from streams.jobs.outcome import Again, Done, Failed, Outcome, pause_after
from streams.jobs.workshop import Workshop

log = structlog.get_logger()

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
PATIENCE_SECONDS = 20.0
"""All in all for one try, however slowly the answer drips."""
LONGEST_ANSWER = 1024 * 1024
LONGEST_PAUSE = timedelta(minutes=10)

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)
_ASK_AGAIN = {
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
    HTTPStatus.SERVICE_UNAVAILABLE,
}


class PutOff(Transient):
    """Another try later, which will find `remember` in its payload."""

    def __init__(
        self, reason: str, after: timedelta | None = None, *, remember: dict[str, Any]
    ) -> None:
        super().__init__("errand_put_off", reason)
        self.reason = reason
        self.after = after
        self.remember = remember


Effect = Callable[[TenantTx, ConversationRow], Awaitable[None]]


class Told(msgspec.Struct, frozen=True):
    """An errand that came out well."""

    detail: str
    """For the firing's record."""
    sentence: str | None = None
    """For the thread, after the rule's name."""
    effect: Effect | None = None
    """What it changes on the conversation."""


Run = Callable[[Errand, Job, Workshop], Awaitable[Told]]


async def keep_errand(job: Job, work: Workshop, what: str, run: Run) -> Outcome:
    """Run the errand once more, unless it is over; `what` says it failed to do."""
    errand = msgspec.convert(job.payload, Errand)
    if await _is_over(job, work, errand):
        return Done("it is over")
    try:
        told = await run(errand, job, work)
    except NotFound as gone:
        return Done(gone.sentence)
    except (Rejected, TryAgain, Unknown, PutOff) as no:
        if isinstance(no, Rejected) or job.attempt >= job.max_attempts:
            return await _give_up(job, work, errand, what, no.reason)
        asked = no.after if isinstance(no, TryAgain | PutOff) else None
        pause = max(pause_after(job.attempt), min(asked or timedelta(0), LONGEST_PAUSE))
        return Again(no.reason, pause, no.remember if isinstance(no, PutOff) else {})
    except Exception as error:
        if judge(error) is Verdict.PASSES or job.attempt < job.max_attempts:
            raise
        log.exception("errand_broke", account=job.account_id, job=job.id, kind=job.kind)
        return await _give_up(job, work, errand, what, reason_of(error))
    await _report(job, work, errand, told)
    return Done(told.detail)


async def ask(
    work: Workshop, method: str, url: str, errand: Errand, **request: Any
) -> httpx.Response:
    """One request; raises TryAgain if it never left or was put off, Unknown if none can tell."""
    headers = {"Idempotency-Key": errand.idempotency_key, **request.pop("headers", {})}
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            answer = await read_whole(
                work.http,
                method,
                url,
                most=LONGEST_ANSWER,
                headers=headers,
                timeout=TIMEOUT,
                **request,
            )
    except _NEVER_LEFT as error:
        raise TryAgain(f"{_host(url)} was not reached: {_why(error)}") from error
    except httpx.InvalidURL as error:
        raise Rejected(f"{url} is no address") from error
    except (httpx.HTTPError, TimeoutError) as error:
        raise Unknown(f"{_host(url)} gave no answer: {_why(error)}") from error
    if answer.status_code in _ASK_AGAIN:
        raise TryAgain(f"{_host(url)} answered {answer.status_code}", _retry_after(answer))
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Unknown(f"{_host(url)} answered {answer.status_code}")
    return answer


def refuse_unless_taken(answer: httpx.Response, url: str) -> None:
    """Raises Rejected with what the other side says, where it says no."""
    if not answer.is_success:
        said = " ".join(answer.text[:200].split())
        raise Rejected(
            f"{_host(url)} answered {answer.status_code}" + (f": {said}" if said else "")
        )


async def _is_over(job: Job, work: Workshop, errand: Errand) -> bool:
    """A worker that reported and died before it had finished the job must not run it again."""
    async with work.desk.transaction(job.account_id) as tx:
        row = await tx.first(
            f"""select actions -> %s::int ->> 'ending' as ending from {errand.runs}
               where account_id = %s and id = %s""",  # noqa: S608
            [errand.index, job.account_id, errand.run_id],
        )
    return row is None or row["ending"] != Ending.QUEUED


async def _report(job: Job, work: Workshop, errand: Errand, told: Told) -> None:
    async def report() -> None:
        async with work.desk.following(errand.after_rules).transaction(job.account_id) as tx:
            conversation = await conversation_of(tx, errand)
            await report_errand(tx, errand, Ending.DONE, told.detail)
            if told.effect is not None:
                await told.effect(tx, conversation)
            if told.sentence is not None:
                await say_of_errand(tx, errand, conversation, told.sentence)

    await until_it_passes(report)
    work.counters.add("errands_done")


async def _give_up(job: Job, work: Workshop, errand: Errand, what: str, reason: str) -> Failed:
    async def report() -> None:
        async with work.desk.following(errand.after_rules).transaction(job.account_id) as tx:
            conversation = await conversation_of(tx, errand)
            await report_errand(tx, errand, Ending.FAILED, reason)
            await say_of_errand(tx, errand, conversation, f"could not {what}: {reason}")

    await until_it_passes(report)
    work.counters.add("errands_failed")
    return Failed(reason)


def _host(url: str) -> str:
    return httpx.URL(url).host


def _why(error: Exception) -> str:
    return str(error) or type(error).__name__


def _retry_after(answer: httpx.Response) -> timedelta | None:
    given = answer.headers.get("retry-after", "")
    return timedelta(seconds=int(given)) if given.isdecimal() and len(given) < 6 else None
