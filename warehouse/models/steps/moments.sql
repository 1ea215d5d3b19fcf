-- The facts again, each with the labels of its moment and how long it had been open till then.
create or replace temp table step_moments as
with keyed as materialized (
    -- One column to join by: of two, the planner would begin with the account.
    select event_id * sign(account_id) as moment_id, abs(account_id) as tenant, inbox_id, "at",
           epoch_us("at") as instant
    from step_events
),
hours_now as (
    -- Narrow rows are sorted, not the facts with all their particulars.
    select moment_id, opened_before(before, opens, length, instant) as opened
    from keyed
    asof left join opening_hours as hours
        on hours.account_id = tenant and hours.inbox_id = keyed.inbox_id
       and instant >= hours.opens
),
labelled as (
    select event_id * sign(e.account_id) as moment_id, l.label_ids
    from (select account_id, conversation_id, step, event_id from step_events
          semi join step_labels using (account_id, conversation_id)) as e
    asof join step_labels as l
        on l.account_id = e.account_id and l.conversation_id = e.conversation_id
       and e.step >= l.step
),
weeks_now as (
    select moment_id, calendar_id, week, instant // 1000000 * 1000000 as second, instant
    from keyed
    left join weeks_in_force as weeks
        on weeks.account_id = tenant and weeks.inbox_id = keyed.inbox_id
       and "at" >= weeks.since and "at" < weeks.until
),
opened_now as (
    select moment_id, calendar_id, weeks_now.week,
           -- Chatwoot counts in whole seconds.
           opened_before(hours.before, hours.opens, hours.length, second) as opened_in_week
    from weeks_now
    asof left join hours_of_week as hours
        on hours.week = weeks_now.week and instant >= hours.opens
)
select step_events.*, coalesce(label_ids, []::bigint[]) as label_ids,
       calendar_id, week, opened, event_id * sign(account_id) as moment_id, opened_in_week
from step_events
join hours_now on hours_now.moment_id = event_id * sign(account_id)
join opened_now on opened_now.moment_id = event_id * sign(account_id)
left join labelled on labelled.moment_id = event_id * sign(account_id)
