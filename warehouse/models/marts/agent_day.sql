-- Account × local day × agent × inbox: every additive number of a day's work, one row wide.
with work as (
    select account_id, day, agent_id, inbox_id, channel,
           'conversation_started' as what,
           null::decimal(18, 6) as calendar, null::decimal(18, 6) as business
    from dirty_conversation_started
    union all
    select account_id, day, agent_id, inbox_id, channel,
           'assignment', null, null
    from dirty_assignment
    union all
    select account_id, day, agent_id, inbox_id, channel,
           'first_response_' || outcome, calendar_seconds, business_seconds
    from dirty_first_response
    union all
    select account_id, day, agent_id, inbox_id, channel,
           'reply_' || outcome, calendar_seconds, business_seconds
    from dirty_reply
    union all
    select account_id, day, agent_id, inbox_id, channel,
           'resolution', null, null
    from dirty_resolution
    union all
    select account_id, day, agent_id, inbox_id, channel,
           'first_resolution', calendar_seconds, business_seconds
    from dirty_resolution where is_first and calendar_seconds is not null
    union all
    select account_id, day, agent_id, inbox_id, channel,
           'full_resolution', calendar_seconds, business_seconds
    from dirty_resolution where is_last and calendar_seconds is not null
    union all
    select account_id, day, agent_id, inbox_id, channel,
           'survey', null, null
    from dirty_survey
    union all
    select account_id, day, agent_id, inbox_id, channel,
           case when satisfied then 'satisfied' else 'not_satisfied' end, null, null
    from dirty_csat
    union all
    select account_id, day, agent_id, inbox_id, channel,
           said, null, null
    from dirty_message
),
counted as (
    select account_id, day, agent_id, inbox_id, channel, what,
           count(*) as n, sum(calendar) as calendar, sum(business) as business
    from work
    group by all
)
select account_id, day, agent_id, inbox_id, channel,
       coalesce(sum(n) filter (what = 'conversation_started'), 0)::bigint as conversations_started,
       coalesce(sum(n) filter (what = 'assignment'), 0)::bigint as assignments,
       coalesce(sum(n) filter (what = 'resolution'), 0)::bigint as resolutions,
       coalesce(sum(n) filter (what = 'first_response_answered'), 0)::bigint as first_responses,
       coalesce(sum(n) filter (what = 'first_response_unanswered'), 0)::bigint as first_unanswered,
       coalesce(sum(n) filter (what = 'reply_answered'), 0)::bigint as replies,
       coalesce(sum(n) filter (what = 'reply_unanswered'), 0)::bigint as replies_unanswered,
       coalesce(sum(n) filter (what = 'first_resolution'), 0)::bigint as first_resolutions,
       coalesce(sum(n) filter (what = 'full_resolution'), 0)::bigint as full_resolutions,
       coalesce(sum(n) filter (what = 'survey'), 0)::bigint as surveys,
       coalesce(sum(n) filter (what in ('satisfied', 'not_satisfied')), 0)::bigint as csat_answers,
       coalesce(sum(n) filter (what = 'satisfied'), 0)::bigint as csat_satisfied,
       coalesce(sum(n) filter (what = 'customer'), 0)::bigint as customer_messages,
       coalesce(sum(n) filter (what = 'reply'), 0)::bigint as reply_messages,
       coalesce(sum(n) filter (what = 'note'), 0)::bigint as notes,
       coalesce(sum(n) filter (what = 'bot'), 0)::bigint as bot_messages,
       coalesce(sum(n) filter (what = 'system'), 0)::bigint as system_messages,
       coalesce(sum(calendar) filter (what = 'first_response_answered'), 0)::decimal(18, 6)
           as first_response_seconds,
       coalesce(sum(business) filter (what = 'first_response_answered'), 0)::decimal(18, 6)
           as first_response_business_seconds,
       coalesce(sum(calendar) filter (what = 'reply_answered'), 0)::decimal(18, 6)
           as reply_seconds,
       coalesce(sum(business) filter (what = 'reply_answered'), 0)::decimal(18, 6)
           as reply_business_seconds,
       coalesce(sum(calendar) filter (what = 'first_resolution'), 0)::decimal(18, 6)
           as first_resolution_seconds,
       coalesce(sum(business) filter (what = 'first_resolution'), 0)::decimal(18, 6)
           as first_resolution_business_seconds,
       coalesce(sum(calendar) filter (what = 'full_resolution'), 0)::decimal(18, 6)
           as full_resolution_seconds,
       coalesce(sum(business) filter (what = 'full_resolution'), 0)::decimal(18, 6)
           as full_resolution_business_seconds,
       sum(n)::bigint as facts
from counted
group by all
