-- A conversation came into the backlog (+1) or left it (-1), or moved within it (both).
with states as (
    select *, coalesce(status_now, 1) not in (1, -1) as waits
    from step_moments
),
changes as (
    select *, lag(waits, 1, false) over story as waited,
           lag(holder_id) over story as held_by, lag(team_id) over story as team_before,
           lag(label_ids) over story as labels_before
    from states
    window story as (partition by account_id, conversation_id order by step)
)
select account_id, event_id, conversation_id, "at" as changed_at, day, hour, inbox_id, channel,
       case change when 1 then holder_id else held_by end as agent_id,
       case change when 1 then team_id else team_before end as team_id,
       case change when 1 then label_ids else labels_before end as label_ids,
       change::tinyint as change, name = 'conversation_merged' as by_merge
from changes, (select unnest([-1, 1]) as change)
where case change when 1 then waits else waited end
  and (waits, holder_id, team_id, label_ids)
      is distinct from (waited, held_by, team_before, labels_before)
