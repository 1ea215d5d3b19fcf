-- What service levels promised, and how each promise came out so far.
create or replace temp table step_promises as
with told as (
    select account_id, conversation_id, event_id, name,
           unnest(from_json(promised, '{
               "sla_policy_id": "BIGINT", "applied_sla_id": "BIGINT", "promise": "VARCHAR",
               "began_at": "TIMESTAMPTZ", "due_at": "TIMESTAMPTZ", "ended_at": "TIMESTAMPTZ",
               "first_response_due_at": "TIMESTAMPTZ", "resolution_due_at": "TIMESTAMPTZ"}'))
    from step_parsed
    where promised is not null
),
ended as (
    select account_id, event_id, applied_sla_id, sla_policy_id, promise,
           case name when 'sla_met' then 'met' else 'missed' end as outcome,
           began_at as started_at, due_at, coalesce(ended_at, due_at) as ended_at
    from told
    where name in ('sla_met', 'sla_missed')
),
given as (
    select account_id, event_id, applied_sla_id, sla_policy_id,
           unnest(['frt', 'rt']) as promise, began_at as started_at,
           unnest([first_response_due_at, resolution_due_at]) as due_at
    from told
    where name = 'sla_applied'
),
promises as (
    select * from ended
    union all
    select account_id, event_id, applied_sla_id, sla_policy_id, promise, 'open',
           started_at, due_at, null
    from given
    anti join ended using (account_id, applied_sla_id, promise)
    where due_at is not null
),
applied as (
    select account_id, applied_sla_id, min(event_id) as begin_event_id
    from told
    where name = 'sla_applied'
    group by all
),
timed as (
    select p.*, a.begin_event_id, m.inbox_id, m.calendar_id as calendar_now,
           abs(p.account_id) as tenant
    from promises as p
    join step_moments as m on m.moment_id = p.event_id * sign(p.account_id)
    left join applied as a
        on a.account_id = p.account_id and a.applied_sla_id = p.applied_sla_id
)
select t.* exclude (inbox_id, tenant, calendar_now),
       case when t.ended_at is null then calendar_now else w.calendar_id end as calendar_id,
       in_seconds(epoch_us(t.ended_at) - epoch_us(t.started_at)) as calendar_seconds,
       in_seconds(greatest(0,
           opened_before(e.before, e.opens, e.length, epoch_us(t.ended_at))
               - opened_before(b.before, b.opens, b.length, epoch_us(t.started_at))
       )) as business_seconds
from timed as t
asof left join opening_hours as b
    on b.account_id = t.tenant and b.inbox_id = t.inbox_id and epoch_us(t.started_at) >= b.opens
asof left join opening_hours as e
    on e.account_id = t.tenant and e.inbox_id = t.inbox_id and epoch_us(t.ended_at) >= e.opens
asof left join weeks_in_force as w
    on w.account_id = t.tenant and w.inbox_id = t.inbox_id and t.ended_at >= w.since
