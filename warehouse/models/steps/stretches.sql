-- How long things lasted, from one event of a conversation to another, or still do.
create or replace temp table step_stretches as
with turns as (
    select *, lag(turn) over story as turn_before
    from (select account_id, conversation_id, step, event_id,
                 case when name = 'conversation_deleted' then 'deleted'
                      when resolves then 'resolved'
                      when said in ('customer', 'reply') then said end as turn
          from step_moments)
    where turn is not null
    window story as (partition by account_id, conversation_id order by step)
),
waits as (
    -- Of several customer messages in a row only the first begins a wait.
    select *, lead(event_id) over story as end_event_id,
           lead(turn) over story as end_turn
    from turns
    where turn <> 'customer' or turn_before is distinct from 'customer'
    window story as (partition by account_id, conversation_id order by step)
),
statuses as (
    select account_id, conversation_id, event_id, status_now,
           lead(event_id) over story as end_event_id,
           case lead(status_now) over story when 0 then 'open' when 1 then 'resolved'
               when 2 then 'pending' when 3 then 'snoozed' when -1 then 'deleted' end as end_turn
    from step_moments
    where name in ('conversation_created', 'conversation_status_changed', 'conversation_deleted')
    window story as (partition by account_id, conversation_id order by step)
),
holdings as (
    select *, lead(event_id) over story as end_event_id,
           lead(given_to) over story as next_given_to
    from (
        select account_id, conversation_id, step, event_id, given_to
        from (select *, case name when 'conversation_assigned' then after
                                  when 'conversation_created' then assignee_id end as given_to
              from step_moments
              where name in ('conversation_created', 'conversation_assigned',
                             'conversation_deleted'))
        qualify given_to is distinct from lag(given_to) over (
            partition by account_id, conversation_id order by step)
    )
    window story as (partition by account_id, conversation_id order by step)
)
select 'waiting' as kind, account_id, conversation_id, event_id, end_event_id,
       end_turn as ended_by
from waits where turn = 'customer'
union all
select 'status', account_id, conversation_id, event_id, end_event_id, end_turn
from statuses where status_now >= 0
union all
select 'assignment', account_id, conversation_id, event_id, end_event_id,
       case when end_event_id is null then null when next_given_to is null then 'nobody'
            else 'another' end
from holdings where given_to is not null
