-- A customer's last answer to a survey, credited to whoever replied before it went out.
with credited as (
    select account_id, survey_id, any_value(rated_agent_id) as agent_id, min("at") as asked_at,
           min(event_id) as begin_event_id
    from step_moments where name = 'rating_asked' group by all
)
select m.account_id, m.event_id, m.conversation_id, m.survey_id, credited.asked_at,
       m."at" as answered_at, m.day, m.hour, m.inbox_id, m.channel,
       coalesce(credited.agent_id, m.rated_agent_id) as agent_id, m.team_id, m.label_ids,
       m.rating, m.rating >= 4 as satisfied, credited.begin_event_id
from step_moments as m
left join credited using (account_id, survey_id)
where m.name = 'rating_given'
qualify row_number() over (
    partition by m.account_id, m.survey_id order by m.step desc) = 1
