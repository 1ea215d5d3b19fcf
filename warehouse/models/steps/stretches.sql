-- How long things lasted, from one event of a conversation to another, or still do.
create or replace temp table step_stretches as
with statuses as (
    select account_id, conversation_id, event_id, status_now,
           lead(event_id) over story as end_event_id,
           case lead(status_now) over story when 0 then 'open' when 1 then 'resolved'
               when 2 then 'pending' when 3 then 'snoozed'
               when -1 then lead(name) over story end as end_turn
    from step_moments
    where name in ('conversation_created', 'conversation_status_changed',
                   'conversation_deleted', 'conversation_merged')
    window story as (partition by account_id, conversation_id order by step)
),
holdings as (
    select *, lead(event_id) over story as end_event_id,
           lead(given_to) over story as next_given_to, lead(name) over story as end_name
    from (
        select account_id, conversation_id, step, event_id, name, given_to
        from (select *, case name when 'conversation_assigned' then after
                                  when 'conversation_created' then assignee_id end as given_to
              from step_moments
              where name in ('conversation_created', 'conversation_assigned',
                             'conversation_deleted', 'conversation_merged'))
        qualify given_to is distinct from lag(given_to) over (
            partition by account_id, conversation_id order by step)
    )
    window story as (partition by account_id, conversation_id order by step)
)
select 'waiting' as kind, account_id, conversation_id, event_id, end_event_id,
       end_turn as ended_by
from step_waits
union all
select 'status', account_id, conversation_id, event_id, end_event_id,
       replace(end_turn, 'conversation_', '')
from statuses where status_now >= 0
union all
select 'assignment', account_id, conversation_id, event_id, end_event_id,
       case when end_event_id is null then null when end_name = 'conversation_merged' then 'merged'
            when next_given_to is null then 'nobody' else 'another' end
from holdings where given_to is not null
