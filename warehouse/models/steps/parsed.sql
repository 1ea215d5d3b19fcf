-- Every fact of the conversations in scope, with its particulars as columns.
create or replace temp table step_parsed as
select account_id, conversation_id, id as event_id, name, "at", actor_kind, actor_id, is_new,
       from_json(fact, '{
           "inbox_id": "BIGINT", "contact_id": "BIGINT", "status": "BIGINT",
           "assignee_id": "BIGINT", "team_id": "BIGINT", "before": "BIGINT", "after": "BIGINT",
           "reason": "VARCHAR", "message_id": "BIGINT", "message_type": "BIGINT",
           "private": "BOOLEAN", "sender_type": "VARCHAR", "sender_id": "BIGINT",
           "survey_id": "BIGINT", "rating": "BIGINT", "agent_id": "BIGINT",
           "into_conversation_id": "BIGINT", "added": ["BIGINT"], "removed": ["BIGINT"]}') as f,
       case when name in ('sla_applied', 'sla_met', 'sla_missed') then fact end as promised
from scoped_events
semi join scope using (account_id, conversation_id)
where name in (
    'conversation_created', 'conversation_status_changed', 'conversation_assigned',
    'conversation_team_changed', 'conversation_labels_changed', 'message_created',
    'rating_asked', 'rating_given', 'conversation_deleted', 'conversation_merged',
    'sla_applied', 'sla_met', 'sla_missed')
