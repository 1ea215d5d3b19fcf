-- Every stretch of time that is measured, in calendar and in business seconds.
create or replace temp table step_measured as
with spans as (
    select kind, account_id, conversation_id, event_id, begin_event_id, end_event_id,
           outcome, started_at, ended_at, first_at
    from step_spans
    union all
    select kind, account_id, conversation_id, event_id, event_id, end_event_id,
           ended_by, started_at, ended_at, null
    from step_stretches
),
placed as (
    select s.*, m.inbox_id from spans as s join step_moments as m using (account_id, event_id)
)
select s.* exclude (inbox_id, first_at),
       in_seconds(epoch_us(s.ended_at) - epoch_us(s.started_at)) as calendar_seconds,
       case when s.started_at is not null and s.ended_at is not null then in_seconds(greatest(
           0,
           opened_before(e.before, e.opens, e.length, s.ended_at)
               - opened_before(b.before, b.opens, b.length, s.started_at)
       )) end as business_seconds,
       in_seconds(epoch_us(s.ended_at) - epoch_us(s.first_at)) as from_start_seconds,
       c.calendar_id
from placed as s
asof left join opening_hours as b
    on b.account_id = s.account_id and b.inbox_id = s.inbox_id
   and epoch_us(s.started_at) >= b.opens
asof left join opening_hours as e
    on e.account_id = s.account_id and e.inbox_id = s.inbox_id
   and epoch_us(s.ended_at) >= e.opens
asof left join weeks_in_force as c
    on c.account_id = s.account_id and c.inbox_id = s.inbox_id
   and coalesce(s.ended_at, s.started_at) >= c.since
