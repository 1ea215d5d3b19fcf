-- The facts again, each with the labels of its moment.
create or replace temp table step_moments as
select step_events.*, coalesce(step_labels.label_ids, []::bigint[]) as label_ids
from step_events
asof left join step_labels
    on step_labels.account_id = step_events.account_id
   and step_labels.conversation_id = step_events.conversation_id
   and step_events.step >= step_labels.step
