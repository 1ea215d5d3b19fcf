-- An agent joined or left a team.
select account_id, id as event_id, (fact ->> '$.team_id')::bigint as team_id,
       unnest((fact -> '$.added')::bigint[]) as user_id, "at", true as joined
from setting_events
where name = 'team_members_changed'
union all
select account_id, id, (fact ->> '$.team_id')::bigint,
       unnest((fact -> '$.removed')::bigint[]), "at", false
from setting_events
where name = 'team_members_changed'
