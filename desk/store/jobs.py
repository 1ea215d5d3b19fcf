"""The job queue: obligations in Postgres, claimed with SKIP LOCKED, fair across accounts."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from desk.store.transaction import TenantTx, WideTx
from desk.words.errors import Transient
from desk.words.ids import AccountId, JobId

CHANNEL = "desk_jobs"
"""The NOTIFY channel that wakes the job workers."""


class Job(msgspec.Struct, frozen=True):
    """A claimed obligation."""

    id: JobId
    account_id: AccountId
    kind: str
    key: str
    payload: dict[str, Any]
    attempt: int
    max_attempts: int
    created_at: datetime
    earlier_unfinished: bool
    """An earlier try began and never reported: its outcome is unknown."""


async def queue_job(
    tx: TenantTx,
    kind: str,
    key: str,
    payload: dict[str, Any],
    *,
    priority: int = 5,
    due_at: datetime | None = None,
    max_attempts: int = 3,
) -> None:
    """Oblige the desk; queued again, an open job gets the new time, a finished one begins anew."""
    await tx.execute(
        """
        with queued as (
        insert into jobs (account_id, kind, key, priority, payload, due_at, max_attempts, created_at)
        values (%(account_id)s, %(kind)s, %(key)s, %(priority)s, %(payload)s, %(due_at)s,
                %(max_attempts)s, %(now)s)
        on conflict (account_id, kind, key) do update
        set payload = excluded.payload, due_at = excluded.due_at, priority = excluded.priority,
            attempts = 0, done_at = null, failed_at = null, locked_until = null, last_error = null
        returning due_at)
        select pg_notify(%(channel)s, '') from queued where due_at <= %(now)s""",
        {
            "channel": CHANNEL,
            "account_id": tx.account_id,
            "kind": kind,
            "key": key,
            "priority": priority,
            "payload": Jsonb(payload),
            "due_at": due_at or tx.now,
            "max_attempts": max_attempts,
            "now": tx.now,
        },
    )


async def drop_job(tx: TenantTx, kind: str, key: str) -> None:
    """Release the desk from an obligation that no longer makes sense."""
    await tx.execute(
        "delete from jobs where account_id = %s and kind = %s and key = %s and done_at is null",
        [tx.account_id, kind, key],
    )


# The inner query walks the due index and takes at most `per_account` of each account, so that
# one account's ten thousand webhooks do not hold up another's reply.
_CLAIM = """
with due as (
    select id, account_id,
           row_number() over (partition by account_id order by priority, due_at, id) as turn
    from (
        select id, account_id, priority, due_at from jobs
        where done_at is null and failed_at is null and due_at <= %(now)s
          and (locked_until is null or locked_until < %(now)s)
          and priority <= %(lowest)s
        order by priority, due_at, id
        limit 500
    ) waiting
), chosen as (
    select j.id, j.account_id from jobs j join due on due.id = j.id and due.account_id = j.account_id
    where due.turn <= %(per_account)s
      and j.done_at is null and j.failed_at is null
      and (j.locked_until is null or j.locked_until < %(now)s)
    order by j.priority, due.turn, j.due_at
    limit %(limit)s
    for update of j skip locked
), claimed as (
    update jobs j set attempts = j.attempts + 1, locked_until = %(until)s
    from chosen where chosen.id = j.id and chosen.account_id = j.account_id
    returning j.id, j.account_id, j.kind, j.key, j.payload, j.attempts as attempt,
              j.max_attempts, j.created_at, j.priority, j.due_at
), tried as (
    insert into job_attempts (account_id, job_id, number, started_at)
    select account_id, id, attempt, %(now)s from claimed
)
select claimed.*, unfinished.found is not null as earlier_unfinished
from claimed
left join lateral (
    -- The limit keeps this a look-up for each job: without it all attempts ever made are read.
    select true as found from job_attempts a
    where a.account_id = claimed.account_id and a.job_id = claimed.id and a.finished_at is null
    limit 1) unfinished on true
order by priority, due_at, id"""


LOWEST_PRIORITY = 9


async def claim_jobs(
    tx: WideTx,
    *,
    limit: int,
    per_account: int,
    hold: timedelta,
    lowest_priority: int = LOWEST_PRIORITY,
) -> list[Job]:
    """Take due jobs; whoever neither reports nor asks for more time within `hold` is taken for dead."""
    rows = await tx.all(
        _CLAIM,
        {
            "now": tx.now,
            "until": tx.now + hold,
            "limit": limit,
            "per_account": per_account,
            "lowest": lowest_priority,
        },
        prepare=True,
    )
    return [msgspec.convert(row, Job) for row in rows]


async def hold_longer(tx: WideTx, jobs: Sequence[Job], *, hold: timedelta) -> None:
    """Whoever works on them is alive."""
    await tx.execute(
        """update jobs set locked_until = %s
           where (account_id, id) in (select * from unnest(%b::bigint[], %b::bigint[]))
             and locked_until is not null and done_at is null and failed_at is null""",
        [tx.now + hold, [job.account_id for job in jobs], [job.id for job in jobs]],
    )


async def remember(tx: TenantTx, job: Job, facts: dict[str, Any]) -> None:
    """Keep with the job, in the commit that did it, what a later try need not do again.

    Raises Transient where somebody else does the job by now.
    """
    kept = await tx.execute(
        """update jobs set payload = payload || %s
           where account_id = %s and id = %s and attempts = %s""",
        [Jsonb(facts), tx.account_id, job.id, job.attempt],
    )
    if not kept:
        raise Transient("job_taken_over", "Somebody else does the job by now.")


async def finish_job(
    tx: TenantTx,
    job: Job,
    *,
    outcome: str,
    detail: str | None = None,
    again_at: datetime | None = None,
    remember: dict[str, Any] | None = None,
) -> None:
    """Report a try: `done`, `failed`, or `again` with the time of the next one.

    A job that was queued anew in the meantime stays due. `remember` is added to the payload.
    """
    parameters = {
        "now": tx.now,
        "outcome": outcome,
        "detail": detail,
        "again_at": again_at,
        "remember": Jsonb(remember or {}),
        "attempt": job.attempt,
        "account_id": tx.account_id,
        "id": job.id,
    }
    await tx.execute(
        """update job_attempts
           set finished_at = %(now)s, detail = %(detail)s,
               outcome = case when number = %(attempt)s then %(outcome)s else 'lost' end
           where account_id = %(account_id)s and job_id = %(id)s and finished_at is null""",
        parameters,
    )
    await tx.execute(
        """update jobs set locked_until = null, last_error = %(detail)s,
               payload = payload || %(remember)s,
               done_at = case when %(outcome)s = 'done' then %(now)s end,
               failed_at = case when %(outcome)s = 'failed' then %(now)s end,
               due_at = coalesce(%(again_at)s, due_at)
           where account_id = %(account_id)s and id = %(id)s and attempts = %(attempt)s""",
        parameters,
    )
