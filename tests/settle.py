"""Everything that would happen by itself, done here and now: no relay, no broker, no workers."""

import tempfile
from datetime import timedelta
from pathlib import Path

import msgspec

from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.store.event_log import event_of
from desk.store.files import FileStore
from desk.store.jobs import Job
from desk.words.ids import AccountId
from ingest.outgoing import outgoing_client
from streams.feeding import feed_once
from streams.handlers.receive_inbound import ReceiveInbound
from streams.jobs.catalogue import KINDS
from streams.jobs.keeping import HOLD, keep
from streams.jobs.workshop import Workshop
from streams.publishing import hook_of
from streams.reactions import React
from streams.topology import REACTIONS

_ROUNDS = 100

_HOOKS = """
select account_id, id, inbox_id, channel, sender, headers::text, body, received_at from inbound
where done_at is null and (%(account)s::bigint is null or account_id = %(account)s)
order by id limit 500"""

_EVENTS = """
select id, account_id, conversation_id, at, actor_kind, actor_id, fact, quiet, rules_version, after_rules
from events
where done_at is null and (%(account)s::bigint is null or account_id = %(account)s)
order by id limit 500"""

_CLAIM = """
with due as (
    select account_id, id from jobs
    where done_at is null and failed_at is null and due_at <= %(now)s
      and (locked_until is null or locked_until < %(now)s)
      and (%(account)s::bigint is null or account_id = %(account)s)
    order by priority, due_at, id limit 1 for update
), claimed as (
    update jobs j set attempts = j.attempts + 1, locked_until = %(until)s from due
    where j.account_id = due.account_id and j.id = due.id
    returning j.id, j.account_id, j.kind, j.key, j.payload, j.attempts as attempt,
              j.max_attempts, j.created_at
), tried as (
    insert into job_attempts (account_id, job_id, number, started_at)
    select account_id, id, attempt, %(now)s from claimed)
select claimed.*, exists (
    select from job_attempts a where a.account_id = claimed.account_id
        and a.job_id = claimed.id and a.finished_at is null) as earlier_unfinished
from claimed"""


async def settle(
    desk: Desk, account_id: AccountId | None = None, *, files: FileStore | None = None
) -> None:
    """Let hooks, facts and due jobs run until all is quiet; of one account, or of all."""
    counters = Counters()
    receive, react = ReceiveInbound(desk, counters), React(REACTIONS, desk, counters)
    async with outgoing_client(
        allow_private_targets=desk.settings.security.allow_private_targets
    ) as http:
        store = files or FileStore(Path(tempfile.gettempdir(), "streamdesk-settle").as_uri())
        work = Workshop(desk, store, http, counters)
        for _ in range(_ROUNDS):
            busy = await _hooks(desk, receive, account_id)
            while await feed_once(desk):
                busy = True
            busy = await _events(desk, react, account_id) or busy
            busy = await _job(desk, work, account_id) or busy
            if not busy:
                return
    raise AssertionError(f"not quiet after {_ROUNDS} rounds")


async def _hooks(desk: Desk, receive: ReceiveInbound, account_id: AccountId | None) -> bool:
    async with desk.transaction_across_accounts(reason="a test plays the stream") as tx:
        rows = await tx.all(_HOOKS, {"account": account_id})
    await receive.receive([hook_of(row) for row in rows])
    return bool(rows)


async def _events(desk: Desk, react: React, account_id: AccountId | None) -> bool:
    async with desk.transaction_across_accounts(reason="a test plays the stream") as tx:
        rows = await tx.all(_EVENTS, {"account": account_id})
    if rows:
        await react.react([event_of(row) for row in rows])
    return bool(rows)


async def _job(desk: Desk, work: Workshop, account_id: AccountId | None) -> bool:
    async with desk.transaction_across_accounts(reason="a test plays the job worker") as tx:
        until = tx.now + HOLD + timedelta(seconds=1)
        row = await tx.first(_CLAIM, {"account": account_id, "now": tx.now, "until": until})
    if row is not None:
        await keep(msgspec.convert(row, Job), KINDS, work)
    return row is not None
