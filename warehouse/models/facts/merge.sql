-- A conversation became part of another, which alone counts from then on.
select account_id, id as event_id, conversation_id,
       (fact ->> '$.into_conversation_id')::bigint as into_conversation_id, "at"
from setting_events
where name = 'conversation_merged'
