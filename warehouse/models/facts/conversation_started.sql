-- A conversation began, with the first message of a customer or by ourselves.
select account_id, event_id, conversation_id, "at" as started_at, day, hour, inbox_id, channel,
       contact_id, holder_id as agent_id, team_id, label_ids,
       c.began_with_us, c.began_with_bot, c.deleted
from step_moments
join step_conversations as c using (account_id, conversation_id)
where name = 'conversation_created'
