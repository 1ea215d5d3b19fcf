-- In which order the facts of a conversation came, and what was true at each of them.
create or replace temp table step_ordered as
with changes as (
    select account_id, conversation_id, event_id, "at", name, f.inbox_id, f.contact_id,
           case name
               when 'conversation_assigned' then coalesce(f.after, 0)
               when 'conversation_created' then coalesce(f.assignee_id, 0)
               when 'conversation_status_changed' then coalesce(f.assignee_id, 0)
               when 'message_created' then coalesce(f.assignee_id, 0)
           end as holder_id,
           case name
               when 'conversation_team_changed' then coalesce(f.after, 0)
               when 'conversation_created' then coalesce(f.team_id, 0)
               when 'conversation_status_changed' then coalesce(f.team_id, 0)
               when 'message_created' then coalesce(f.team_id, 0)
           end as team_id,
           case when name = 'message_created' and f.message_type = 1 and not f.private
                and f.sender_type = 'User' then 1 end as reply,
           case name
               when 'conversation_created' then f.status
               when 'conversation_status_changed' then f.after
               when 'conversation_deleted' then -1
               when 'conversation_merged' then -1
           end as status_now,
           name = 'conversation_labels_changed' as labels
    from step_parsed
)
select account_id, conversation_id, event_id, "at", labels,
       row_number() over story as step,
       first_value(inbox_id ignore nulls) over whole as inbox_id,
       first_value(contact_id ignore nulls) over whole as contact_id,
       nullif(last_value(holder_id ignore nulls) over so_far, 0) as holder_id,
       nullif(last_value(team_id ignore nulls) over so_far, 0) as team_id,
       count(reply) over so_far as replies,
       last_value(status_now ignore nulls) over so_far as status_now
from changes
window story as (partition by account_id, conversation_id order by "at", event_id),
       so_far as (partition by account_id, conversation_id order by "at", event_id
                  rows between unbounded preceding and current row),
       whole as (partition by account_id, conversation_id order by "at", event_id
                 rows between unbounded preceding and unbounded following)
