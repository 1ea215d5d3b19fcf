-- A conversation was open, resolved, pending or snoozed, from one change to the next.
select m.account_id, m.event_id, m.conversation_id, m.status_now as status,
       s.started_at, s.ended_at, s.outcome as ended_by,
       m.day, m.hour, m.inbox_id, m.channel, m.holder_id as agent_id, m.team_id, m.label_ids,
       m.reason, m.actor_kind, m.actor_id, s.end_event_id, s.calendar_id,
       s.calendar_seconds, s.business_seconds
from step_measured as s
join step_moments as m using (account_id, event_id)
where s.kind = 'status'
