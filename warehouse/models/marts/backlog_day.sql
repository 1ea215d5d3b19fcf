-- Account × local day × agent × team × inbox: by how much the backlog grew or shrank.
select account_id, day, agent_id, team_id, inbox_id, channel,
       count(*) as facts, sum(change)::bigint as change
from dirty_backlog_change
group by all
