-- An agent held a conversation, from the moment it was given until it was given away.
select m.account_id, m.event_id, m.conversation_id, s.started_at, s.ended_at,
       m.day, m.hour, m.inbox_id, m.channel,
       case m.name when 'conversation_assigned' then m.after else m.assignee_id end as agent_id,
       m.team_id, m.label_ids, s.outcome as ended_by, s.end_event_id, s.calendar_id,
       s.calendar_seconds, s.business_seconds
from step_measured as s
join step_moments as m using (account_id, event_id)
where s.kind = 'assignment'
