-- What Chatwoot would have noted for its reports, with the clocks from which it counts.
create or replace temp table step_noted as
with begun as (
    select account_id, conversation_id,
           arg_min(event_id, step) filter (name = 'conversation_created') as created_id,
           bool_or(name = 'conversation_created' and status = 2) as with_bot,
           min(step) filter (said = 'reply') as reply_step,
           -- A human's note is outgoing too: it ends the bot's part.
           min(step) filter (message_type = 1 and sender_type = 'User') as human_step,
           min(step) filter (hands_over) as first_handoff_step
    from (select *, coalesce(name = 'conversation_status_changed' and before = 2 and after = 0
                             and actor_kind = 'bot', false) as hands_over from step_moments)
    group by all
    having created_id is not null and not bool_or(name = 'conversation_deleted')
),
story as materialized (
    select m.account_id, m.conversation_id, m.step, event_id, holder_id, sender_id, resolves,
           created_id, reply_step,
           name = 'conversation_status_changed' and after = 0 and before <> 0 as opens,
           step = first_handoff_step as hands_over,
           resolves and with_bot and coalesce(step < human_step, true) as bot_resolves,
           case when resolves then 'resolve'
                when said in ('customer', 'reply', 'bot') then said
                when name = 'conversation_status_changed' and before = 2 and after = 0
                     and actor_kind = 'bot' then 'customer'
           end as turn
    from step_moments as m
    join begun using (account_id, conversation_id)
),
clocks as materialized (
    select *,
           last_value(case when resolves then event_id end ignore nulls)
               over before_it as resolved_id,
           last_value(case when opens or hands_over then event_id end ignore nulls)
               over before_it as opened_id,
           last_value(case when bot_resolves then event_id end ignore nulls)
               over before_it as bot_resolved_id
    from story
    where resolves or opens or hands_over or step = reply_step
    window before_it as (partition by account_id, conversation_id order by step
                         rows between unbounded preceding and 1 preceding)
),
turns as (
    select account_id, conversation_id, step, event_id, turn, holder_id,
           lag(turn) over by_step as turn_before
    from story
    where step >= reply_step and turn is not null
    window by_step as (partition by account_id, conversation_id order by step)
),
waits as (
    -- Of several customer messages in a row only the first sets the clock; bots and closes stop it.
    select *, lag(turn) over by_step as after_turn, lag(event_id) over by_step as waiting_id
    from turns
    where turn <> 'customer' or turn_before <> 'customer'
    window by_step as (partition by account_id, conversation_id order by step)
),
noted as (
    select 1 as number, 'conversation_resolved' as name, event_id, account_id,
           created_id as begin_event_id, holder_id as user_id, true as measured
    from clocks where resolves
    union all
    select 2, 'conversation_bot_resolved', event_id, account_id, created_id, holder_id, true
    from clocks where bot_resolves
    union all
    select 3, 'first_response', event_id, account_id,
           coalesce(opened_id, bot_resolved_id, created_id), sender_id, true
    from clocks where step = reply_step
    union all
    select 4, 'reply_time', event_id, account_id, waiting_id, holder_id, true
    from waits
    where turn = 'reply' and after_turn = 'customer'
    union all
    select 5, 'conversation_bot_handoff', event_id, account_id, created_id, holder_id, true
    from clocks where hands_over
    union all
    -- Opened for the first time, nothing has passed.
    select 6, 'conversation_opened', event_id, account_id, coalesce(resolved_id, created_id),
           holder_id, resolved_id is not null
    from clocks where opens
),
timed as materialized (
    select noted.*, b."at" as started_at, e."at" as ended_at, e.week,
           b.week is not distinct from e.week as same_week,
           e.opened_in_week - b.opened_in_week as opened,
           epoch_us(b."at") // 1000000 as begin_second, epoch_us(e."at") // 1000000 as end_second
    from noted
    join step_moments as b on b.moment_id = noted.begin_event_id * sign(noted.account_id)
    join step_moments as e on e.moment_id = noted.event_id * sign(noted.account_id)
)
select number, name, account_id, event_id, begin_event_id, user_id, started_at, ended_at,
       case when measured then end_second - begin_second else 0 end::bigint as value,
       case when measured then greatest(0, opened) // 1000000 else 0 end::bigint
           as value_in_business_hours
from timed where same_week
union all
-- The whole span by the week in force at its end.
select number, name, account_id, event_id, begin_event_id, user_id, started_at, ended_at,
       case when measured then end_second - begin_second else 0 end,
       case when measured then greatest(0,
           opened_before(e.before, e.opens, e.length, end_second * 1000000)
               - opened_before(b.before, b.opens, b.length, begin_second * 1000000)
       ) // 1000000 else 0 end
from (from timed where not same_week) as s
asof left join hours_of_week as b on b.week = s.week and begin_second * 1000000 >= b.opens
asof left join hours_of_week as e on e.week = s.week and end_second * 1000000 >= e.opens
