-- The opening hours of an inbox and the instant from which they hold.
select account_id, id as event_id, (fact ->> '$.inbox_id')::bigint as inbox_id, "at" as since,
       (fact ->> '$.enabled')::boolean as enabled, fact ->> '$.time_zone' as time_zone,
       fact ->> '$.week' as week
from setting_events
where name = 'working_hours_changed'
