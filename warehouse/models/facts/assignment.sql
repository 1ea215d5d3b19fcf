-- An agent held a conversation, from the moment it was given until it was given away.
with given as (
    select *, case name when 'conversation_assigned' then after else assignee_id end as given_to
    from step_moments
    where name in ('conversation_created', 'conversation_assigned')
),
changes as (
    select * from given
    qualify given_to is distinct from lag(given_to) over (
        partition by account_id, conversation_id order by step)
)
select account_id, event_id, conversation_id, "at" as started_at,
       lead("at") over (partition by account_id, conversation_id order by step) as ended_at,
       day, hour, inbox_id, channel, given_to as agent_id, team_id, label_ids
from changes
qualify given_to is not null
