-- The labels a conversation carried, as they stood after each change of them.
create or replace temp table step_labels as
with changes as (
    select account_id, conversation_id, step, f.added, f.removed
    from step_ordered join step_parsed using (account_id, conversation_id, event_id)
    where labels
),
each as (
    select account_id, conversation_id, step, unnest(added) as label_id, true as put_on from changes
    union all
    select account_id, conversation_id, step, unnest(removed), false from changes
),
latest as (
    select moment.account_id, moment.conversation_id, moment.step, each.label_id,
           arg_max(each.put_on, each.step) as put_on
    from changes as moment
    join each on each.account_id = moment.account_id
             and each.conversation_id = moment.conversation_id
             and each.step <= moment.step
    group by all
)
select account_id, conversation_id, step,
       coalesce(list(label_id order by label_id) filter (put_on), []) as label_ids
from latest
group by all
