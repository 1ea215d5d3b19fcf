-- The waits again, with those that a merge carried on into another conversation.
create or replace temp table step_waits as
with recursive stops as (
    select m.account_id, m.conversation_id, m.step, m.event_id,
           case when name = 'conversation_deleted' then 'deleted'
                when name = 'conversation_merged' then 'merged'
                when resolves then 'resolved'
                when said = 'reply' then said end as turn
    from step_moments as m
    semi join step_adopted using (account_id, conversation_id)
),
arrivals as materialized (
    -- What ends a wait that comes along with a merge.
    select a.account_id, a.conversation_id, a.event_id as merge_event_id,
           s.event_id as end_event_id, s.turn as end_turn, s.step as end_step
    from (from step_adopted where itself) as a
    asof left join (from stops where turn is not null) as s
        on s.account_id = a.account_id and s.conversation_id = a.conversation_id
       and s.step > a.after_step
),
carried as (
    select a.account_id, a.conversation_id, w.event_id, a.end_event_id, a.end_turn, a.end_step
    from step_waits as w
    join arrivals as a on a.account_id = w.account_id and a.merge_event_id = w.end_event_id
    where w.end_turn = 'merged'
    union all
    select a.account_id, a.conversation_id, w.event_id, a.end_event_id, a.end_turn, a.end_step
    from carried as w
    join arrivals as a on a.account_id = w.account_id and a.merge_event_id = w.end_event_id
    where w.end_turn = 'merged'
),
met as (
    select distinct account_id, conversation_id, coalesce(end_event_id, 0) as ending from carried
)
select own.* from step_waits as own
anti join met
    on met.account_id = own.account_id and met.conversation_id = own.conversation_id
   and met.ending = coalesce(own.end_event_id, 0)
union all
-- Waits that ended together were one, from the earliest beginning on.
select w.*
from (
    from carried
    union all
    select own.* from step_waits as own
    semi join met
        on met.account_id = own.account_id and met.conversation_id = own.conversation_id
       and met.ending = coalesce(own.end_event_id, 0)
) as w
join step_moments as began on began.moment_id = w.event_id * sign(w.account_id)
qualify row_number() over (
    partition by w.account_id, w.conversation_id, coalesce(w.end_event_id, 0)
    order by began."at", began.event_id) = 1
