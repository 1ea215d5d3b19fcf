"""How a service level stands in a conversation, as clients see it; `c` is the conversation."""

APPLIED_SLA = """select json_build_object('id', s.id, 'sla_id', s.sla_policy_id,
    'sla_status', (array['active','hit','missed','active_with_misses'])[s.sla_status + 1],
    'created_at', extract(epoch from s.created_at)::bigint,
    'updated_at', extract(epoch from s.updated_at)::bigint,
    'sla_name', p.name, 'sla_description', p.description,
    'sla_first_response_time_threshold', s.first_response_time_threshold,
    'sla_next_response_time_threshold', s.next_response_time_threshold,
    'sla_resolution_time_threshold', s.resolution_time_threshold,
    'sla_only_during_business_hours', s.only_during_business_hours,
    'first_response_due_at', extract(epoch from s.first_response_due_at)::bigint,
    'next_response_due_at', extract(epoch from s.next_response_due_at)::bigint,
    'resolution_due_at', extract(epoch from s.resolution_due_at)::bigint)
  from applied_slas s
  join sla_policies p on p.account_id = s.account_id and p.id = s.sla_policy_id
  where s.account_id = c.account_id and s.conversation_id = c.id"""

SLA_EVENTS = """select coalesce(json_agg(json_build_object('id', e.id,
    'event_type', (array['frt','nrt','rt'])[e.event_type + 1],
    'meta', case when e.message_id is null then '{}'::json
        else json_build_object('message_id', e.message_id) end,
    'created_at', extract(epoch from e.created_at)::bigint,
    'updated_at', extract(epoch from e.created_at)::bigint) order by e.id), '[]'::json)
  from applied_slas s
  join sla_events e on e.account_id = s.account_id and e.applied_sla_id = s.id
  where s.account_id = c.account_id and s.conversation_id = c.id"""
