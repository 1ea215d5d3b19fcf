-- The labels a conversation carried, as they stood after each change of them.
create or replace temp table step_labels as
with changes as (
    select account_id, conversation_id, step, unnest(added) as label_id, true as put_on
    from step_events where name = 'conversation_labels_changed'
    union all
    select account_id, conversation_id, step, unnest(removed), false
    from step_events where name = 'conversation_labels_changed'
),
latest as (
    select moment.account_id, moment.conversation_id, moment.step, changes.label_id,
           arg_max(changes.put_on, changes.step) as put_on
    from step_events as moment
    join changes on changes.account_id = moment.account_id
                and changes.conversation_id = moment.conversation_id
                and changes.step <= moment.step
    where moment.name = 'conversation_labels_changed'
    group by all
)
select account_id, conversation_id, step,
       coalesce(list(label_id order by label_id) filter (put_on), []) as label_ids
from latest
group by all
