-- Every stretch of time that is measured, in calendar and in business seconds.
create or replace temp table step_measured as
with spans as (
    select kind, account_id, conversation_id, event_id, begin_event_id, end_event_id,
           outcome, first_at
    from step_spans
    union all
    select kind, account_id, conversation_id, event_id, event_id, end_event_id, ended_by, null
    from step_stretches
)
select s.* exclude (first_at), b."at" as started_at, e."at" as ended_at,
       in_seconds(epoch_us(e."at") - epoch_us(b."at")) as calendar_seconds,
       case when b.event_id is not null and e.event_id is not null
            then in_seconds(greatest(0, e.opened - b.opened)) end as business_seconds,
       in_seconds(epoch_us(e."at") - epoch_us(s.first_at)) as from_start_seconds,
       coalesce(e.calendar_id, b.calendar_id) as calendar_id
from spans as s
left join step_moments as b on b.moment_id = s.begin_event_id * sign(s.account_id)
left join step_moments as e on e.moment_id = s.end_event_id * sign(s.account_id)
