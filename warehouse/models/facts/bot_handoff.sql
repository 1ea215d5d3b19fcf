-- A conversation that waited with a bot was opened for people, by the bot or by one of them.
with pending as (
    select s.account_id, s.end_event_id as event_id, s.event_id as begin_event_id,
           s.started_at, s.ended_at, s.calendar_id, s.calendar_seconds, s.business_seconds
    from step_measured as s
    join step_moments as began using (account_id, event_id)
    where s.kind = 'status' and began.status_now = 2
)
select m.account_id, m.event_id, m.conversation_id, p.started_at, p.ended_at,
       m.day, m.hour, m.inbox_id, m.channel, m.holder_id as agent_id, m.team_id, m.label_ids,
       m.actor_kind, m.actor_id, p.begin_event_id, p.calendar_id,
       p.calendar_seconds, p.business_seconds
from pending as p
join step_moments as m using (account_id, event_id)
where m.status_now = 0
