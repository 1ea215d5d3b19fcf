-- What conversations took over from those that became part of them, each after which of its steps.
create or replace temp table step_adopted as
with recursive merges as (
    select account_id, conversation_id as absorbed_id, event_id, "at",
           f.into_conversation_id as conversation_id
    from step_parsed
    where name = 'conversation_merged'
),
ways as (
    select *, true as itself from merges
    union all
    -- What became part of the absorbed one before comes along.
    select w.account_id, w.absorbed_id, m.event_id, m."at", m.conversation_id, false
    from ways as w
    join merges as m
        on m.account_id = w.account_id and m.absorbed_id = w.conversation_id
       and (m."at", m.event_id) > (w."at", w.event_id)
),
placed as (
    select w.account_id, w.conversation_id, w.absorbed_id, w.event_id, w.itself,
           coalesce(max(own.step), 0) as after_step
    from ways as w
    left join step_moments as own
        on own.account_id = w.account_id and own.conversation_id = w.conversation_id
       and (own."at", own.event_id) < (w."at", w.event_id)
    group by all
),
written as (
    select m.account_id, m.conversation_id, max(m.replies) as replies
    from step_moments as m
    join step_conversations as c using (account_id, conversation_id)
    where m.step <= c.merged_step
    group by all
),
stood as (
    -- How each stood when it was merged.
    select account_id, conversation_id,
           coalesce(customer_step < merged_step, false) as asked,
           coalesce(reply_step < merged_step, false) as replied,
           customer_at, customer_event_id,
           handed_over_at is not null and handed_over_step > customer_step
               and handed_over_step < merged_step as by_bot,
           handed_over_at, handed_over_event_id
    from step_conversations
    where merged_step is not null
),
asking as (
    -- Those into which a question came along.
    select p.account_id, p.conversation_id
    from placed as p
    join stood as s on s.account_id = p.account_id and s.conversation_id = p.absorbed_id
    where s.asked
)
select p.*, written.replies,
       s.replied and (
           s.asked
           or (p.account_id, p.absorbed_id) in (
               select (account_id, conversation_id) from asking
           )
       ) as answered,
       case when s.asked then s.customer_at end as asked_at,
       case when s.asked then s.customer_event_id end as asked_event_id,
       case when not s.asked then null when s.by_bot then s.handed_over_at
            else s.customer_at end as clock_at,
       case when not s.asked then null when s.by_bot then s.handed_over_event_id
            else s.customer_event_id end as clock_event_id
from placed as p
join stood as s
    on s.account_id = p.account_id and s.conversation_id = p.absorbed_id
join written
    on written.account_id = p.account_id and written.conversation_id = p.absorbed_id
