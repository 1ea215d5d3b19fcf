-- The facts in order, each with what was true at its moment.
create or replace temp table step_moments as
with labelled as (
    select e.event_id, l.label_ids
    from (select account_id, conversation_id, step, event_id from step_ordered
          semi join step_labels using (account_id, conversation_id)) as e
    asof join step_labels as l
        on l.account_id = e.account_id and l.conversation_id = e.conversation_id
       and e.step >= l.step
),
local as (
    select step_ordered.* exclude ("at", labels), inboxes.channel,
           make_timestamp(epoch_us("at") + zone_offsets.seconds * 1000000) as local_at
    from step_ordered
    left join known_inboxes as inboxes on inboxes.account_id = step_ordered.account_id
                                      and inboxes.id = step_ordered.inbox_id
    join zone_offsets on zone_offsets.account_id = step_ordered.account_id
                     and "at" >= zone_offsets.since and "at" < zone_offsets.until
),
placed as (
    select local.* exclude (local_at, account_id, conversation_id),
           cast(local_at as date) as day, hour(local_at)::tinyint as hour,
           coalesce(label_ids, []::bigint[]) as label_ids,
           calendar_id, week, opened, opened_in_week
    from local
    join step_hours using (event_id)
    left join labelled using (event_id)
)
select account_id, conversation_id, e.event_id, name, "at", actor_kind, actor_id, is_new,
       placed.* exclude (event_id),
       case when name = 'message_created' then case
           when f.private then 'note'
           when f.message_type = 0 and f.sender_type = 'Contact' then 'customer'
           when f.message_type = 1 and f.sender_type = 'User' then 'reply'
           when f.message_type <> 2 and f.sender_type = 'AgentBot' then 'bot'
           when f.message_type <> 2 then 'system'
       end end as said,
       coalesce(
           name = 'conversation_status_changed' and f.after = 1 and f.before <> 1, false
       ) as resolves,
       f.assignee_id, f.before, f.after, f.status, f.reason, f.message_id,
       f.message_type, f.sender_type, f.sender_id,
       f.survey_id, f.rating, f.agent_id as rated_agent_id, e.event_id as moment_id
from step_parsed as e
-- One column to join by: of two, the planner would begin with the account.
join placed on placed.event_id = e.event_id
