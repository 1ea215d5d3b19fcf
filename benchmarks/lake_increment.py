"""Half a minute of a very busy desk into the lake, facts and marts included."""

from statistics import median, quantiles
from typing import Any

import psycopg

from assets.extract.sync import sync_lake
from benchmarks.copying import peak_megabytes, seconds_to_copy
from benchmarks.lake_full import CONVERSATIONS, a_large_desk
from benchmarks.result import Result, compare
from warehouse import schema
from warehouse.lake import Lake

ROUNDS = 20
ACTIVE = 800
"""Conversations that go on in each round; one in ten is an old one."""

_CHANGE = """
with chosen as (
    (select account_id, id, inbox_id, assignee_id from conversations
     order by id desc offset %(round)s * 700 limit %(active)s * 9 / 10)
    union all
    (select account_id, id, inbox_id, assignee_id from conversations
     where mod(id, 1000) = %(round)s limit %(active)s / 10)
),
said as (
    insert into messages (account_id, inbox_id, conversation_id, message_type, private, content,
        sender_type, sender_id, created_at, updated_at)
    select account_id, inbox_id, id, k, false, 'words', case k when 1 then 'User' else 'Contact' end,
           case k when 1 then assignee_id else id end, now() + k * interval '1 second', now()
    from chosen, generate_series(0, 1) k
    returning account_id, id, conversation_id, inbox_id, message_type, sender_type, sender_id,
              created_at
),
told as (
    insert into events (account_id, name, conversation_id, "at", actor_kind, actor_id, fact)
    select account_id, 'message_created', conversation_id, created_at, lower(sender_type),
           sender_id, jsonb_build_object('type', 'message_created', 'message_id', id,
           'conversation_id', conversation_id, 'inbox_id', inbox_id, 'message_type', message_type,
           'private', false, 'sender_type', sender_type, 'sender_id', sender_id,
           'assignee_id', null, 'team_id', null)
    from said
    union all
    select account_id, 'message_status_changed', conversation_id,
           created_at + step * interval '1 second', 'system', null, jsonb_build_object(
           'type', 'message_status_changed', 'message_id', id, 'conversation_id', conversation_id,
           'before', step - 1, 'after', step)
    from said, generate_series(1, 2) step where message_type = 1
    union all
    select account_id, 'conversation_status_changed', id, now() + interval '9 seconds', 'user',
           assignee_id, jsonb_build_object('type', 'conversation_status_changed',
           'conversation_id', id, 'inbox_id', inbox_id, 'before', 0, 'after', 1,
           'reason', 'agent', 'assignee_id', assignee_id, 'team_id', null)
    from chosen
    returning id
),
touched as (
    update conversations set last_activity_at = now()
    where id in (select id from chosen) returning id
)
select (select count(*) from said) + (select count(*) from told) + (select count(*) from touched)
"""


def run() -> Result:
    """The median of twenty rounds, and of the reloads before, amid and after them."""
    with a_large_desk() as (built, storage):
        lake = Lake.writer(storage)
        ours, copies, rows, facts = [], [], [], []
        reloads = [sync_lake(storage, lake).seconds]
        for number in range(ROUNDS + 1):
            rows.append(_change(built.database, number))
            state = schema.read_state(lake.cursor())
            assert state is not None
            copied = seconds_to_copy(storage.database_url, since=state.horizon)
            report = sync_lake(storage, lake)
            if number:
                # The first round warms both sides up.
                copies.append(copied)
                ours.append(report.seconds)
                facts.append(report.facts)
            if number in (ROUNDS // 2, ROUNDS):
                reloads.append(sync_lake(storage, lake, anew=True).seconds)
        lake.close()
        return compare(
            "lake_increment",
            f"bring {median(rows):,.0f} changed rows of a desk with {CONVERSATIONS:,} "
            "conversations into raw tables, facts and marts; the reference is making all of them "
            "anew",
            "s",
            ours=median(ours),
            reference=median(reloads),
            goal="<= 0.2",
            details={
                "p50_seconds": median(ours),
                "p95_seconds": quantiles(ours, n=20)[-1],
                "facts_written": median(facts),
                "seconds_to_copy_the_rows_to_nobody": median(copies),
                "peak_megabytes_of_the_process": peak_megabytes(),
            },
        )


def _change(database: psycopg.Connection[Any], number: int) -> int:
    row = database.execute(_CHANGE.encode(), {"round": number, "active": ACTIVE}).fetchone()
    return int(row[0]) if row else 0
