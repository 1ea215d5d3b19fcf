-- What is measured up to an event: answers, closes without one, and resolutions.
create or replace temp table step_spans as
with turns as (
    -- After the first reply: who spoke, and did a close leave the customer without an answer?
    select account_id, conversation_id, step, event_id,
           case when resolves then 'resolve' else said end as turn,
           lag(case when resolves then 'resolve' else said end) over story as turn_before
    from step_moments
    join step_conversations using (account_id, conversation_id)
    where step >= reply_step and (resolves or said in ('customer', 'reply'))
    window story as (partition by account_id, conversation_id order by step)
),
edges as (
    -- Of several customer messages in a row only the first begins a wait.
    select *, lead(event_id) over story as end_event_id, lead(turn) over story as end_turn
    from turns
    where turn <> 'customer' or turn_before <> 'customer'
    window story as (partition by account_id, conversation_id order by step)
)
select 'reply' as kind, account_id, conversation_id, end_event_id as event_id,
       event_id as begin_event_id, end_event_id,
       case end_turn when 'reply' then 'answered' else 'unanswered' end as outcome,
       null::timestamptz as first_at
from edges
where turn = 'customer' and end_event_id is not null

union all

select 'first_response', m.account_id, m.conversation_id, m.event_id,
       case when c.handed_over_at > c.customer_at then c.handed_over_event_id
            else c.customer_event_id end,
       m.event_id,
       case when m.said = 'reply' then 'answered' else 'unanswered' end, c.customer_at
from step_conversations as c
join step_moments as m
    on m.account_id = c.account_id and m.conversation_id = c.conversation_id
   and m.step = coalesce(c.reply_step, c.resolve_step)
where c.customer_step is not null and not c.began_with_us
  and (c.reply_step is not null or (c.last_status = 1 and c.customer_step < c.resolve_step))

union all

select 'resolution', m.account_id, m.conversation_id, m.event_id,
       case when c.customer_step < m.step then c.customer_event_id end, m.event_id, m.reason, null
from step_moments as m
join step_conversations as c using (account_id, conversation_id)
where m.resolves
