-- The same facts in order, with what was true at that moment.
create or replace temp table step_events as
with ordered as (
    -- Narrow rows are sorted, not the facts with all their particulars.
    select event_id * sign(account_id) as moment_id, row_number() over story as step,
           first_value(inbox_id ignore nulls) over whole as inbox_id,
           first_value(contact_id ignore nulls) over whole as contact_id,
           nullif(last_value(holder_id ignore nulls) over so_far, 0) as holder_id,
           nullif(last_value(team_id ignore nulls) over so_far, 0) as team_id,
           count(reply) over so_far as replies,
           last_value(status_now ignore nulls) over so_far as status_now
    from (
        select account_id, conversation_id, event_id, "at", f.inbox_id, f.contact_id,
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
               end as status_now
        from step_parsed
    )
    window story as (partition by account_id, conversation_id order by "at", event_id),
           so_far as (partition by account_id, conversation_id order by "at", event_id
                      rows between unbounded preceding and current row),
           whole as (partition by account_id, conversation_id order by "at", event_id
                     rows between unbounded preceding and unbounded following)
),
told as (
    select account_id, conversation_id, event_id, name, "at", actor_kind, actor_id,
           ordered.* exclude (moment_id),
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
           f.survey_id, f.rating, f.agent_id as rated_agent_id, f.added, f.removed
    from step_parsed
    join ordered on ordered.moment_id = event_id * sign(account_id)
),
local as (
    select told.*, inboxes.channel,
           make_timestamp(epoch_us(told."at") + zone_offsets.seconds * 1000000) as local_at
    from told
    left join lake.raw.inboxes on inboxes.account_id = abs(told.account_id)
                              and inboxes.id = told.inbox_id
    join zone_offsets on zone_offsets.account_id = abs(told.account_id)
                     and told."at" >= zone_offsets.since
                     and told."at" < zone_offsets.until
)
select * exclude (local_at), cast(local_at as date) as day, hour(local_at)::tinyint as hour
from local
