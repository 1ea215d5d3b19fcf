-- A customer waited for a person: from a message nobody had answered to a reply or the close.
select m.account_id, m.event_id, s.conversation_id, m.conversation_id as begun_in,
       s.started_at, s.ended_at, s.outcome as ended_by,
       m.day, m.hour, m.inbox_id, m.channel, m.holder_id as agent_id, m.team_id, m.label_ids,
       m.message_id, s.end_event_id, s.calendar_id, s.calendar_seconds, s.business_seconds
from step_measured as s
join step_moments as m using (account_id, event_id)
where s.kind = 'waiting'
