-- A conversation was opened, resolved, snoozed or put on hold, and why.
select account_id, event_id, conversation_id, "at" as changed_at, day, hour, inbox_id, channel,
       holder_id as agent_id, team_id, label_ids, before, after, reason, actor_kind, actor_id
from step_moments
where name = 'conversation_status_changed'
