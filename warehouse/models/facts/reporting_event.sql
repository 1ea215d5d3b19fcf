-- What Chatwoot notes for its own reports: eight kinds of moments, in whole seconds, by its clocks.
select s.account_id, s.event_id, s.name, s.event_id * 8 + s.number as id,
       m.conversation_id, s.ended_at as created_at, s.started_at, s.ended_at,
       m.day, m.hour, m.inbox_id, m.channel, s.user_id as agent_id, m.team_id, m.label_ids,
       s.value,
       case when s.measured then greatest(0,
           opened_before(e.before, e.opens, e.length, date_trunc('second', s.ended_at))
               - opened_before(b.before, b.opens, b.length, date_trunc('second', s.started_at))
       ) // 1000000 else 0 end::bigint as value_in_business_hours
from step_noted as s
join step_moments as m using (account_id, event_id)
asof left join hours_of_week as b
    on b.week = s.week and epoch_us(s.started_at) >= b.opens
asof left join hours_of_week as e
    on e.week = s.week and epoch_us(s.ended_at) >= e.opens
