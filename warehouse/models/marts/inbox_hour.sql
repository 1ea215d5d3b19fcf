-- Account × local day × hour × inbox: when customers write and conversations begin.
with work as (
    select account_id, day, hour, inbox_id, channel, true as message
    from dirty_message where said = 'customer'
    union all
    select account_id, day, hour, inbox_id, channel, false
    from dirty_conversation_started
)
select account_id, day, hour, inbox_id, channel,
       count(*) filter (message) as customer_messages,
       count(*) filter (not message) as conversations_started,
       count(*) as facts
from work
group by all
