-- Somebody said something: a customer, an agent in a reply or a note, a bot, or the system.
select account_id, event_id, conversation_id, message_id, "at" as said_at, day, hour,
       inbox_id, channel, said,
       case when said in ('reply', 'note') then sender_id else holder_id end as agent_id,
       team_id, label_ids, message_type::tinyint as message_type, sender_type, sender_id, deleted
from step_moments
join step_conversations using (account_id, conversation_id)
where said is not null
