-- What Chatwoot notes for its own reports: eight kinds of moments, in whole seconds, by its clocks.
select s.account_id, s.event_id, s.name, s.event_id * 8 + s.number as id,
       m.conversation_id, s.ended_at as created_at, s.started_at, s.ended_at,
       m.day, m.hour, m.inbox_id, m.channel, s.user_id as agent_id, m.team_id, m.label_ids,
       s.begin_event_id, case when m.week >= 0 then m.calendar_id end as calendar_id,
       s.value, s.value_in_business_hours
from step_noted as s
join step_moments as m using (account_id, event_id)
