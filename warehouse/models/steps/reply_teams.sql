-- The team of whoever replied: the conversation's if the agent is in it, else the agent's own.
create or replace temp table step_reply_teams as
with memberships as (
    select account_id, user_id, team_id, since, until
    from (
        select account_id, user_id, team_id, "at" as since, joined,
               lead("at", 1, timestamptz '9999-01-01') over (
                   partition by account_id, team_id, user_id order by "at", event_id) as until
        from known_team_changes
    )
    where joined
)
select m.account_id, m.event_id,
       coalesce(
           min(t.team_id) filter (t.team_id = m.team_id), min(t.team_id), any_value(m.team_id)
       ) as team_id
from step_moments as m
left join memberships as t
    on t.account_id = abs(m.account_id) and t.user_id = m.sender_id
   and m."at" >= t.since and m."at" < t.until
where m.said = 'reply'
group by m.account_id, m.event_id
