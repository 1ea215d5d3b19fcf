-- One row a conversation: how it began, and the firsts from which its clocks run.
create or replace temp table step_conversations as
with firsts as (
    select account_id, conversation_id,
           bool_or(name = 'conversation_created' and status = 2) as began_with_bot,
           min(step) filter (said = 'customer') as customer_step,
           min("at") filter (said = 'customer') as customer_at,
           arg_min(event_id, step) filter (said = 'customer') as customer_event_id,
           min(step) filter (said = 'reply') as reply_step,
           min(step) filter (handed_over) as handed_over_step,
           min("at") filter (handed_over) as handed_over_at,
           arg_min(event_id, step) filter (handed_over) as handed_over_event_id,
           max(step) filter (resolves) as resolve_step,
           bool_or(name = 'conversation_deleted') as deleted,
           arg_max(after, step) filter (name = 'conversation_status_changed') as last_status,
           min("at") filter (name = 'conversation_merged') as merged_at,
           min(step) filter (name = 'conversation_merged') as merged_step
    from (select *, coalesce(
              name = 'conversation_status_changed' and before = 2 and after = 0, false
          ) as handed_over from step_moments)
    group by all
)
select * exclude (handed_over_at),
       coalesce(reply_step < customer_step, false) as began_with_us,
       case when began_with_bot and (reply_step is null or handed_over_step < reply_step)
           then handed_over_at
       end as handed_over_at
from firsts
