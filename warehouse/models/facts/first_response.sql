-- A customer's first message got its first human reply, or was closed without one.
select m.account_id, m.event_id, m.conversation_id, s.outcome, s.started_at, s.ended_at,
       m.day, m.hour, m.inbox_id, m.channel,
       case s.outcome when 'answered' then m.sender_id else m.holder_id end as agent_id,
       case s.outcome when 'answered' then t.team_id else m.team_id end as team_id, m.label_ids,
       m.message_id, s.begin_event_id, s.calendar_id,
       s.calendar_seconds, s.business_seconds, s.from_start_seconds,
       s.business_seconds = 0 as outside_hours
from step_measured as s
join step_moments as m using (account_id, event_id)
left join step_reply_teams as t using (account_id, event_id)
where s.kind = 'first_response'
