-- A promise of a service level: kept, broken, or not yet decided, dated by when that was.
select m.account_id, m.event_id, m.conversation_id, p.sla_policy_id, p.applied_sla_id, p.promise,
       case when p.outcome = 'open' and (c.deleted or c.merged_at is not null) then 'void'
            else p.outcome end as outcome,
       p.started_at, p.due_at, p.ended_at, m."at" as decided_at, m.day, m.hour, m.inbox_id,
       m.channel, m.holder_id as agent_id, m.team_id, m.label_ids,
       p.begin_event_id, p.calendar_id, p.calendar_seconds,
       case when p.ended_at is not null then p.business_seconds end as business_seconds
from step_promises as p
join step_moments as m on m.moment_id = p.event_id * sign(p.account_id)
join step_conversations as c
    on c.account_id = m.account_id and c.conversation_id = m.conversation_id
