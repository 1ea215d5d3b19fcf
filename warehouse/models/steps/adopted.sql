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
    select account_id, conversation_id, max(replies) as replies
    from step_moments
    where (account_id, conversation_id) in (select (account_id, absorbed_id) from merges)
    group by all
),
asking as (
    -- Those into which a question came along.
    select p.account_id, p.conversation_id
    from placed as p
    join step_conversations as c
        on c.account_id = p.account_id and c.conversation_id = p.absorbed_id
    where c.customer_step is not null
)
select p.*, written.replies,
       c.reply_step is not null and (
           c.customer_step is not null
           or (p.account_id, p.absorbed_id) in (
               select (account_id, conversation_id) from asking
           )
       ) as answered,
       c.customer_at as asked_at, c.customer_event_id as asked_event_id,
       case when c.handed_over_at is not null and c.handed_over_step > c.customer_step
            then c.handed_over_at else c.customer_at end as clock_at,
       case when c.handed_over_at is not null and c.handed_over_step > c.customer_step
            then c.handed_over_event_id else c.customer_event_id end as clock_event_id
from placed as p
join step_conversations as c
    on c.account_id = p.account_id and c.conversation_id = p.absorbed_id
join written
    on written.account_id = p.account_id and written.conversation_id = p.absorbed_id
