-- When a customer waited for a person, each conversation by itself.
create or replace temp table step_waits as
with turns as (
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
edges as (
    -- Of several customer messages in a row only the first begins a wait.
    select *, lead(event_id) over story as end_event_id, lead(turn) over story as end_turn,
           lead(step) over story as end_step
    from turns
    where turn <> 'customer' or turn_before is distinct from 'customer'
    window story as (partition by account_id, conversation_id order by step)
)
select account_id, conversation_id, event_id, end_event_id, end_turn, end_step
from edges where turn = 'customer'
