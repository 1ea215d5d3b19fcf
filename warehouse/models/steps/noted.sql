-- What Chatwoot would have noted for its reports, with the clocks from which it counts.
create or replace temp table step_noted as
with begun as (
    select account_id, conversation_id,
           min("at") filter (name = 'conversation_created') as created_at,
           bool_or(name = 'conversation_created' and status = 2) as with_bot,
           min(step) filter (said = 'reply') as reply_step,
           -- A human's note is outgoing too: it ends the bot's part.
           min(step) filter (message_type = 1 and sender_type = 'User') as human_step,
           min(step) filter (hands_over) as first_handoff_step
    from (select *, coalesce(name = 'conversation_status_changed' and before = 2 and after = 0
                             and actor_kind = 'bot', false) as hands_over from step_moments)
    group by all
    having created_at is not null and not bool_or(name = 'conversation_deleted')
),
story as (
    select m.*, created_at, reply_step,
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
clocks as (
    select *,
           max("at") filter (resolves) over before_it as resolved_at,
           max("at") filter (opens or hands_over) over before_it as opened_at,
           max("at") filter (bot_resolves) over before_it as bot_resolved_at
    from story
    window before_it as (partition by account_id, conversation_id order by step
                         rows between unbounded preceding and 1 preceding)
),
turns as (
    select account_id, conversation_id, step, event_id, "at", turn,
           lag(turn) over by_step as turn_before
    from story
    where step >= reply_step and turn is not null
    window by_step as (partition by account_id, conversation_id order by step)
),
waits as (
    -- Of several customer messages in a row only the first sets the clock; bots and closes stop it.
    select *, lag(turn) over by_step as after_turn, lag("at") over by_step as waiting_since
    from turns
    where turn <> 'customer' or turn_before <> 'customer'
    window by_step as (partition by account_id, conversation_id order by step)
),
noted as (
    select 1 as number, 'conversation_resolved' as name, event_id, account_id,
           created_at as started_at, holder_id as user_id
    from clocks where resolves
    union all
    select 2, 'conversation_bot_resolved', event_id, account_id, created_at, holder_id
    from clocks where bot_resolves
    union all
    select 3, 'first_response', event_id, account_id,
           coalesce(opened_at, bot_resolved_at, created_at), sender_id
    from clocks where step = reply_step
    union all
    select 4, 'reply_time', event_id, waits.account_id, waiting_since, holder_id
    from waits join step_moments using (account_id, event_id)
    where turn = 'reply' and after_turn = 'customer'
    union all
    select 5, 'conversation_bot_handoff', event_id, account_id, created_at, holder_id
    from clocks where hands_over
    union all
    -- Opened for the first time, nothing has passed.
    select 6, 'conversation_opened', event_id, account_id,
           resolved_at, holder_id
    from clocks where opens
)
select noted.* exclude (started_at), moment."at" as ended_at,
       coalesce(started_at, created_at) as started_at,
       -- Whole seconds on both ends.
       case when started_at is null then 0
            else epoch_us(moment."at") // 1000000 - epoch_us(started_at) // 1000000
       end::bigint as value,
       started_at is not null as measured, week
from noted
join step_moments as moment using (account_id, event_id)
join begun on begun.account_id = moment.account_id
          and begun.conversation_id = moment.conversation_id
asof left join weeks_in_force as weeks
    on weeks.account_id = moment.account_id and weeks.inbox_id = moment.inbox_id
   and moment."at" >= weeks.since
