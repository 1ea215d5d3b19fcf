"""A desk of any size, made by SQL alone: what the lake's benchmarks read."""

from typing import Any

import psycopg

ACCOUNTS = 6
AGENTS = 8
"""Agents of each account."""
INBOXES = 3
MESSAGES = 10
"""Messages of each conversation: the customer and an agent in turn."""

_PEOPLE = f"""
insert into accounts (id, name, time_zone, created_at)
select a, 'Company ' || a,
       (array['America/New_York','Europe/Oslo','Asia/Shanghai','Australia/Sydney','UTC',
              'Asia/Dubai'])[a], now() - interval '200 days'
from generate_series(1, {ACCOUNTS}) a;
insert into users (id, email, name, pubsub_token, created_at)
select u, 'agent' || u || '@desk.example', 'Agent ' || u, 'p' || u, now() - interval '200 days'
from generate_series(1, {ACCOUNTS * AGENTS}) u;
insert into account_users (account_id, user_id, role, created_at)
select (u - 1) / {AGENTS} + 1, u, ((u - 1) % {AGENTS} = 0)::int, now() - interval '200 days'
from generate_series(1, {ACCOUNTS * AGENTS}) u;
insert into inboxes (account_id, id, name, channel, address, created_at)
select (i - 1) / {INBOXES} + 1, i, 'Inbox ' || i, (array['whatsapp','email','website'])[i % 3 + 1],
       'address' || i, now() - interval '200 days'
from generate_series(1, {ACCOUNTS * INBOXES}) i;
insert into events (account_id, name, "at", actor_kind, fact)
select account_id, 'working_hours_changed', created_at, 'system', jsonb_build_object(
    'type', 'working_hours_changed', 'inbox_id', id, 'enabled', true, 'time_zone', 'UTC',
    'week', (select jsonb_agg(jsonb_build_object('day_of_week', d,
        'opens', case when d in (0, 6) then null else 540 end,
        'closes', case when d in (0, 6) then null else 1020 end)) from generate_series(0, 6) d))
from inboxes
"""

_PLAN = f"""
create temp table plan as
select c as conversation_id, account_id,
       row_number() over (partition by account_id order by c) as display_id,
       (account_id - 1) * {INBOXES} + mod(c, {INBOXES}) + 1 as inbox_id,
       (account_id - 1) * {AGENTS} + 1 + mod(c * 7919, {AGENTS}) as agent_id,
       least(now() - interval '5 minutes', date_trunc('day', day) + interval '7 hours'
           + interval '12 hours' * (mod(c * 7919, 1009) + mod(c * 104729, 1013)) / 2022.0
       ) as began,
       20 + mod(c * 48271, 601) + mod(c * 7919, 11) * 20 as pace, mod(c, 5) = 0 as rated, mod(c, 50) = 0 as silent
from (select c, now() - (%(days)s * (%(n)s - c + 1)::float8 / %(n)s) * interval '1 day' as day,
      1 + least({ACCOUNTS} - 1, floor({ACCOUNTS} * (mod(c * 16807, 1000) / 1000.0) ^ 2)
      )::bigint as account_id from generate_series(1, %(n)s::bigint) c) numbered
"""

_ROWS = f"""
insert into contacts (account_id, id, name, created_at)
select account_id, conversation_id, 'Customer ' || conversation_id, began from plan;
insert into contact_inboxes
    (account_id, id, contact_id, inbox_id, source_id, pubsub_token, created_at)
select account_id, conversation_id, conversation_id, inbox_id, 's' || conversation_id,
       'c' || conversation_id, began from plan;
insert into conversations (account_id, id, display_id, inbox_id, contact_id, contact_inbox_id,
    assignee_id, status, last_activity_at, created_at, updated_at)
select account_id, conversation_id, display_id, inbox_id, conversation_id, conversation_id,
       agent_id, 1, began, began, began from plan;
create temp table said as
select account_id, conversation_id, inbox_id, agent_id, pace, m,
       (conversation_id - 1) * {MESSAGES} + m as message_id, m % 2 = 1 as by_customer,
       began + (pace * m * m) * interval '1 second' as "at"
from plan, generate_series(1, {MESSAGES}) m
where not silent or m % 2 = 1;
insert into messages (account_id, id, inbox_id, conversation_id, message_type, private, content,
    sender_type, sender_id, created_at, updated_at)
select account_id, message_id, inbox_id, conversation_id, (not by_customer)::int, false,
       'What was said here, number ' || message_id || ', at about the usual length of a message.',
       case when by_customer then 'Contact' else 'User' end,
       case when by_customer then conversation_id else agent_id end, "at", "at" from said
"""

_FACTS = f"""
insert into events (account_id, name, conversation_id, "at", actor_kind, actor_id, fact)
select account_id, name, conversation_id, "at", kind, actor, fact
    || jsonb_build_object('type', name, 'conversation_id', conversation_id)
from (
    select 0 as part, 'conversation_created' as name, account_id, conversation_id, began as "at",
           'contact' as kind, conversation_id as actor, jsonb_build_object('inbox_id', inbox_id,
           'contact_id', conversation_id, 'status', 0, 'assignee_id', null, 'team_id', null) fact
    from plan
    union all
    select 2, 'conversation_assigned', account_id, conversation_id,
           began + pace * interval '1.5 seconds', 'user', agent_id,
           jsonb_build_object('before', null, 'after', agent_id) from plan
    union all
    select 1, 'message_created', account_id, conversation_id, "at",
           case when by_customer then 'contact' else 'user' end,
           case when by_customer then conversation_id else agent_id end, jsonb_build_object(
           'message_id', message_id, 'inbox_id', inbox_id, 'message_type', (not by_customer)::int,
           'private', false, 'sender_type', case when by_customer then 'Contact' else 'User' end,
           'sender_id', case when by_customer then conversation_id else agent_id end,
           'assignee_id', case when m > 1 then agent_id end, 'team_id', null,
           'first_reply', m = 2, 'echo_id', null) from said
    union all
    select 3, 'message_status_changed', account_id, conversation_id,
           "at" + step * interval '2 seconds', 'system', null, jsonb_build_object(
           'message_id', message_id, 'before', step - 1, 'after', step, 'source_id', null)
    from said, generate_series(1, 2) step where not by_customer
    union all
    select 4, 'conversation_status_changed', account_id, conversation_id,
           began + pace * {(MESSAGES + 1) ** 2} * interval '1 second', 'user', agent_id,
           jsonb_build_object('inbox_id', inbox_id, 'before', 0, 'after', 1, 'reason', 'agent',
           'assignee_id', agent_id, 'team_id', null, 'snoozed_until', null) from plan
    union all
    select 5, 'rating_asked', account_id, conversation_id,
           began + pace * {(MESSAGES + 1) ** 2 + 1} * interval '1 second', 'system', null,
           jsonb_build_object('survey_id', conversation_id, 'agent_id', agent_id)
    from plan where rated
    union all
    select 6, 'rating_given', account_id, conversation_id,
           began + pace * {(MESSAGES + 1) ** 2 + 60} * interval '1 second', 'contact',
           conversation_id, jsonb_build_object('survey_id', conversation_id, 'rating',
           (array[5, 5, 4, 5, 3, 4, 5, 2, 4, 5, 1])[mod(conversation_id / 5, 11) + 1],
           'agent_id', agent_id) from plan where rated
) told
order by "at", conversation_id, part
"""


def fill(connection: psycopg.Connection[Any], *, conversations: int, days: int) -> None:
    """Fill an empty, migrated database with conversations of the days up to now."""
    connection.execute(_PEOPLE.encode())
    connection.execute(_PLAN.encode(), {"n": conversations, "days": days})
    connection.execute(_ROWS.encode())
    connection.execute(_FACTS.encode())
    for table in (
        "accounts",
        "users",
        "inboxes",
        "contacts",
        "contact_inboxes",
        "conversations",
        "messages",
    ):
        connection.execute(
            f"select setval(pg_get_serial_sequence('{table}', 'id'), "
            f"(select max(id) from {table}))".encode()
        )
    connection.commit()
    connection.autocommit = True
    connection.execute(b"vacuum analyze")
