-- When a customer waited for a person, in whichever conversation that began.
create or replace temp table step_waits as
with recursive turns as materialized (
    select *, lag(turn) over story as turn_before
    from (select account_id, conversation_id, step, event_id,
                 case when name = 'conversation_deleted' then 'deleted'
                      when name = 'conversation_merged' then 'merged'
                      when resolves then 'resolved'
                      when said in ('customer', 'reply') then said end as turn
          from step_moments)
    where turn is not null
    window story as (partition by account_id, conversation_id order by step)
),
own as materialized (
    -- Of several customer messages in a row only the first begins a wait.
    select account_id, conversation_id, event_id, end_event_id, end_turn, end_step
    from (
        select *, lead(event_id) over story as end_event_id, lead(turn) over story as end_turn,
               lead(step) over story as end_step
        from turns
        where turn <> 'customer' or turn_before is distinct from 'customer'
        window story as (partition by account_id, conversation_id order by step)
    )
    where turn = 'customer'
),
arrivals as materialized (
    -- What ends a wait that comes along with a merge.
    select a.account_id, a.conversation_id, a.event_id as merge_event_id,
           t.event_id as end_event_id, t.turn as end_turn, t.step as end_step
    from (from step_adopted where itself) as a
    asof left join (from turns where turn <> 'customer') as t
        on t.account_id = a.account_id and t.conversation_id = a.conversation_id
       and t.step > a.after_step
),
carried as (
    select a.account_id, a.conversation_id, w.event_id, a.end_event_id, a.end_turn, a.end_step
    from own as w
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
select own.* from own
anti join met
    on met.account_id = own.account_id and met.conversation_id = own.conversation_id
   and met.ending = coalesce(own.end_event_id, 0)
union all
-- Waits that ended together were one, from the earliest beginning on.
select w.*
from (
    from carried
    union all
    select own.* from own
    semi join met
        on met.account_id = own.account_id and met.conversation_id = own.conversation_id
       and met.ending = coalesce(own.end_event_id, 0)
) as w
join step_moments as began on began.moment_id = w.event_id * sign(w.account_id)
qualify row_number() over (
    partition by w.account_id, w.conversation_id, coalesce(w.end_event_id, 0)
    order by began."at", began.event_id) = 1
