-- A conversation came into the backlog (+1) or left it (-1), or moved within it (both).
with states as (
    select moment_id, account_id, conversation_id, step, holder_id, team_id,
           name = 'conversation_labels_changed' as labels,
           coalesce(status_now, 1) not in (1, -1) as waits
    from step_moments
),
moves as (
    -- Narrow rows are sorted; between these nothing moved.
    select moment_id, waits
    from states
    window story as (partition by account_id, conversation_id order by step)
    qualify labels or waits <> lag(waits, 1, false) over story
        or holder_id is distinct from lag(holder_id) over story
        or team_id is distinct from lag(team_id) over story
),
changes as (
    select m.*, waits, lag(waits, 1, false) over story as waited,
           lag(holder_id) over story as held_by, lag(team_id) over story as team_before,
           lag(label_ids) over story as labels_before
    from step_moments as m
    join moves using (moment_id)
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
