-- The facts again, each with the labels of its moment and how long it had been open till then.
create or replace temp table step_moments as
with labelled as (
    select step_events.*, coalesce(step_labels.label_ids, []::bigint[]) as label_ids,
           abs(step_events.account_id) as tenant
    from step_events
    asof left join step_labels
        on step_labels.account_id = step_events.account_id
       and step_labels.conversation_id = step_events.conversation_id
       and step_events.step >= step_labels.step
),
dated as (
    select labelled.*, calendar_id, week,
           opened_before(hours.before, hours.opens, hours.length, epoch_us("at")) as opened
    from labelled
    asof left join opening_hours as hours
        on hours.account_id = tenant and hours.inbox_id = labelled.inbox_id
       and epoch_us("at") >= hours.opens
    asof left join weeks_in_force as weeks
        on weeks.account_id = tenant and weeks.inbox_id = labelled.inbox_id
       and "at" >= weeks.since
)
select dated.* exclude (tenant),
       -- One column to join by: of two, the planner would begin with the account.
       event_id * sign(account_id) as moment_id,
       -- Chatwoot counts in whole seconds.
       opened_before(hours.before, hours.opens, hours.length,
                     epoch_us("at") // 1000000 * 1000000) as opened_in_week
from dated
asof left join hours_of_week as hours
    on hours.week = dated.week and epoch_us("at") >= hours.opens
