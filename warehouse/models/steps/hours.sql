-- How long it had been open till each moment, and by which calendar.
create or replace temp table step_hours as
with keyed as materialized (
    select event_id, account_id, inbox_id, "at", epoch_us("at") as instant from step_ordered
),
weeks_now as (
    select keyed.*, calendar_id, week, instant // 1000000 * 1000000 as second
    from keyed
    left join weeks_in_force as weeks
        on weeks.account_id = keyed.account_id and weeks.inbox_id = keyed.inbox_id
       and "at" >= weeks.since and "at" < weeks.until
),
opened_now as (
    select weeks_now.*, opened_before(before, opens, length, instant) as opened
    from weeks_now
    asof left join opening_hours as hours
        on hours.account_id = weeks_now.account_id and hours.inbox_id = weeks_now.inbox_id
       and instant >= hours.opens
)
select event_id, calendar_id, opened_now.week, opened,
       -- Chatwoot counts in whole seconds.
       opened_before(hours.before, hours.opens, hours.length, second) as opened_in_week
from opened_now
asof left join hours_of_week as hours
    on hours.week = opened_now.week and instant >= hours.opens
