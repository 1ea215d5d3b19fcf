-- A customer was asked for a rating: what the response rate is counted against.
select account_id, event_id, conversation_id, survey_id, "at" as asked_at, day, hour,
       inbox_id, channel, rated_agent_id as agent_id, team_id, label_ids
from step_moments
where name = 'rating_asked'
