-- A conversation was moved to resolved; the first and the last move are marked.
with changes as (
    -- One column to join by: of two, the planner would begin with the account.
    select moment_id, lead(name) over story as next_name,
           lead("at") over story as reopened_at,
           lead(reason) over story as reopened_by
    from step_moments
    where name = 'conversation_status_changed'
    window story as (partition by account_id, conversation_id order by step)
),
elsewhere as (
    select m.moment_id, sum(a.replies) as replies
    from step_moments as m
    join step_adopted as a using (account_id, conversation_id)
    where m.resolves and a.after_step < m.step
    group by all
)
select m.account_id, m.event_id, m.conversation_id, s.started_at, s.ended_at,
       m.day, m.hour, m.inbox_id, m.channel,
       m.holder_id as agent_id, m.team_id, m.label_ids,
       m.reason as closed_by, m.reason = 'automation' as by_automation,
       m.actor_kind, m.actor_id,
       row_number() over (
           partition by m.account_id, m.conversation_id order by m.step) = 1 as is_first,
       changes.next_name is null as is_last,
       changes.reopened_at, changes.reopened_by, c.merged_at,
       (m.replies + coalesce(e.replies, 0))::bigint as replies,
       s.begin_event_id, s.calendar_id, s.calendar_seconds, s.business_seconds
from step_measured as s
join step_moments as m on m.moment_id = s.event_id * sign(s.account_id)
join step_conversations as c
    on c.account_id = m.account_id and c.conversation_id = m.conversation_id
join changes on changes.moment_id = m.moment_id
left join elsewhere as e on e.moment_id = m.moment_id
where s.kind = 'resolution'
