-- What is measured up to an event: answers, closes without one, and resolutions.
create or replace temp table step_spans as
with settled as (
    -- From here on answered, by what another conversation brought along.
    select account_id, conversation_id, min(after_step) as after_step
    from step_adopted where answered group by all
),
first_ends as (
    select account_id, conversation_id, coalesce(reply_step, resolve_step) as end_step
    from step_conversations as c
    left join settled as s using (account_id, conversation_id)
    where (reply_step is not null or last_status = 1)
      and (s.after_step is null or s.after_step >= reply_step)
    union all
    select account_id, conversation_id, max(step) filter (resolves)
    from step_moments
    join settled as s using (account_id, conversation_id)
    join step_conversations as c using (account_id, conversation_id)
    where step <= s.after_step and (c.reply_step is null or s.after_step < c.reply_step)
    group by all
    having arg_max(after, step) filter (name = 'conversation_status_changed') = 1
),
first_taken as (
    select account_id, conversation_id, min((a.clock_at, a.clock_event_id)) as clock,
           min(a.asked_at) as asked_at
    from first_ends
    join step_adopted as a using (account_id, conversation_id)
    where a.after_step < end_step and a.asked_at is not null
    group by all
),
firsts as (
    select account_id, conversation_id, end_step,
           case when c.customer_step < end_step then c.customer_at end as asked_at,
           t.asked_at as taken_asked_at, t.clock as taken_clock,
           case when c.customer_step >= end_step or c.customer_step is null then null
                when c.handed_over_at is not null and c.handed_over_step > c.customer_step
                     and c.handed_over_step < end_step
                then (c.handed_over_at, c.handed_over_event_id)
                else (c.customer_at, c.customer_event_id) end as own_clock
    from first_ends
    join step_conversations as c using (account_id, conversation_id)
    left join first_taken as t using (account_id, conversation_id)
),
asked_elsewhere as (
    select m.account_id, m.event_id, min((a.asked_at, a.asked_event_id)) as asked
    from step_moments as m
    join step_adopted as a using (account_id, conversation_id)
    where m.resolves and a.after_step < m.step and a.asked_at is not null
    group by all
)
select 'reply' as kind, w.account_id, w.conversation_id, w.end_event_id as event_id,
       w.event_id as begin_event_id, w.end_event_id,
       case w.end_turn when 'reply' then 'answered' else 'unanswered' end as outcome,
       null::timestamptz as first_at
from step_waits as w
join step_conversations as c using (account_id, conversation_id)
left join settled as s using (account_id, conversation_id)
where w.end_turn in ('reply', 'resolved')
  and (c.reply_step < w.end_step or s.after_step < w.end_step)

union all

select 'first_response', m.account_id, m.conversation_id, m.event_id,
       least(f.own_clock, f.taken_clock)[2], m.event_id,
       case when m.said = 'reply' then 'answered' else 'unanswered' end,
       least(f.asked_at, f.taken_asked_at)
from firsts as f
join step_moments as m
    on m.account_id = f.account_id and m.conversation_id = f.conversation_id
   and m.step = f.end_step
where f.own_clock is not null or f.taken_clock is not null

union all

select 'resolution', m.account_id, m.conversation_id, m.event_id,
       least(case when c.customer_step < m.step then (c.customer_at, c.customer_event_id) end,
             e.asked)[2],
       m.event_id, m.reason, null
from step_moments as m
join step_conversations as c using (account_id, conversation_id)
left join asked_elsewhere as e on e.account_id = m.account_id and e.event_id = m.event_id
where m.resolves
