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
)
select account_id, day, agent_id, inbox_id, channel,
       count(*) filter (what = 'conversation_started') as conversations_started,
       count(*) filter (what = 'assignment') as assignments,
       count(*) filter (what = 'resolution') as resolutions,
       count(*) filter (what = 'first_response_answered') as first_responses,
       count(*) filter (what = 'first_response_unanswered') as first_unanswered,
       count(*) filter (what = 'reply_answered') as replies,
       count(*) filter (what = 'reply_unanswered') as replies_unanswered,
       count(*) filter (what = 'first_resolution') as first_resolutions,
       count(*) filter (what = 'full_resolution') as full_resolutions,
       count(*) filter (what = 'survey') as surveys,
       count(*) filter (what in ('satisfied', 'not_satisfied')) as csat_answers,
       count(*) filter (what = 'satisfied') as csat_satisfied,
       count(*) filter (what = 'customer') as customer_messages,
       count(*) filter (what = 'reply') as reply_messages,
       count(*) filter (what = 'note') as notes,
       count(*) filter (what = 'bot') as bot_messages,
       count(*) filter (what = 'system') as system_messages,
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
           as full_resolution_business_seconds
from work
group by all
