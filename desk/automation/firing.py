"""One rule meets one fact: judged, recorded with its reasons, and acted upon, all or nothing."""

from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from desk.actions.activity import add_activity_line
from desk.automation.action_catalogue import ACTIONS
from desk.automation.action_contract import Firing, Outcome
from desk.automation.look import look
from desk.events.automation import AutomationRuleFired, AutomationRuleStopped
from desk.events.envelope import Event
from desk.events.messages import MessageCreated
from desk.rules.conditions import Judgement, judge
from desk.rules.rule_events import why_to_stop
from desk.store.automation import ActiveRule
from desk.store.conversations import lock_conversation
from desk.store.transaction import TenantTx
from desk.words.automation import ActionWanted, Ending
from desk.words.errors import Category, DeskError, NotFound
from desk.words.ids import ConversationId

_BEGIN = """
insert into automation_runs (account_id, rule_id, rule_name, event_id, event_name, conversation_id,
    stopped, conditions, actions, created_at)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
on conflict (account_id, rule_id, event_id) do nothing returning id"""

_STOPPED_BEFORE = """
select from automation_runs
where account_id = %s and conversation_id = %s and rule_id = %s and stopped is not null and id < %s
limit 1"""


async def fire(
    tx: TenantTx, rule: ActiveRule, event: Event, conversation_id: ConversationId, *, late: bool
) -> bool:
    """Let the rule meet the fact; whether it fired. A second time is no time.

    What the transaction records must be marked as following from the rule.
    """
    try:
        conversation = await lock_conversation(tx, conversation_id)
    except NotFound:
        return False
    if conversation.merged_into_id is not None:
        # It is done with, and nobody resolved it.
        return False
    seen = await look(tx, conversation_id, message_of(event))
    if seen is None:
        return False
    judgement = judge(rule.conditions, seen)
    if not judgement.met:
        return False
    firing = Firing(
        rule.id,
        0,
        rule.event_name,
        conversation,
        tuple(seen["labels"]),
        seen["phone_number"],
        seen.message_id,
        tx.after_rules,
        late,
    )
    stopped = why_to_stop(rule.id, event.after_rules)
    if stopped is not None and _is_settled(rule, firing):
        return False
    run_id = await _begin(tx, rule, event, conversation_id, judgement, stopped)
    if run_id is None:
        return False
    firing = msgspec.structs.replace(firing, run_id=run_id)
    tx.marks = {"automation_rule_id": rule.id, "automation_run_id": run_id}
    if stopped is not None:
        await _tell_stopped(tx, firing, event, stopped)
        return False
    await _act(tx, rule, firing)
    tx.record(
        AutomationRuleFired(rule.id, run_id, conversation_id, event.id),
        by=firing.by,
        conversation_id=conversation_id,
    )
    return True


def message_of(event: Event) -> int | None:
    """The message a fact is about, if it is about one."""
    return event.fact.message_id if isinstance(event.fact, MessageCreated) else None


def _is_settled(rule: ActiveRule, firing: Firing) -> bool:
    return all(
        ACTIONS[wanted.action_name].is_settled(firing, wanted.action_params)
        for wanted in rule.actions
        if wanted.action_name in ACTIONS
    )


async def _begin(
    tx: TenantTx,
    rule: ActiveRule,
    event: Event,
    conversation_id: ConversationId,
    judgement: Judgement,
    stopped: str | None,
) -> int | None:
    row = await tx.first(
        _BEGIN,
        [
            tx.account_id,
            rule.id,
            rule.name,
            event.id,
            rule.event_name.value,
            conversation_id,
            stopped,
            Jsonb(_reasons(judgement)),
            Jsonb([{"action_name": wanted.action_name} for wanted in rule.actions]),
            tx.now,
        ],
    )
    return None if row is None else int(row["id"])


def _reasons(judgement: Judgement) -> list[dict[str, Any]]:
    return [
        {
            **msgspec.to_builtins(finding.condition),
            "found": _shortened(finding.found),
            "held": finding.held,
        }
        for finding in judgement.findings
    ]


def _shortened(found: Any) -> Any:
    return found[:200] if isinstance(found, str) else found


async def _act(tx: TenantTx, rule: ActiveRule, firing: Firing) -> None:
    """Take every action; one that is refused is undone and does not keep the next from running."""
    told = []
    for index, wanted in enumerate(rule.actions):
        outcome = await try_action(tx, firing, index, wanted)
        told.append(as_told(wanted, outcome))
    await tx.execute(
        "update automation_runs set actions = %s where account_id = %s and id = %s",
        [Jsonb(told), tx.account_id, firing.run_id],
    )


def as_told(wanted: ActionWanted, outcome: Outcome) -> dict[str, Any]:
    """What a run's record says of one action."""
    return {
        "action_name": wanted.action_name,
        "ending": outcome.ending.value,
        "detail": outcome.detail,
    }


async def try_action(tx: TenantTx, firing: Firing, index: int, wanted: ActionWanted) -> Outcome:
    """Take one action; what is refused is undone, and the outcome says so."""
    action = ACTIONS.get(wanted.action_name)
    if action is None:
        return Outcome(Ending.FAILED, "there is no such action any more")
    if firing.late and action.for_customers:
        return Outcome(Ending.SKIPPED, "it happened too long ago to write to anybody about it")
    try:
        async with tx.part():
            return await action.run(tx, firing, index, wanted.action_params)
    except DeskError as error:
        if error.category is Category.TRANSIENT:
            raise
        # What was undone is read again, or the next action would work on what never happened.
        await tx.session.refresh(firing.conversation)
        return Outcome(Ending.FAILED, error.sentence)


async def _tell_stopped(tx: TenantTx, firing: Firing, event: Event, why: str) -> None:
    conversation_id = ConversationId(firing.conversation.id)
    tx.record(
        AutomationRuleStopped(
            firing.rule_id, firing.run_id, conversation_id, event.id, list(event.after_rules)
        ),
        by=firing.by,
        conversation_id=conversation_id,
    )
    before = await tx.first(
        _STOPPED_BEFORE, [tx.account_id, conversation_id, firing.rule_id, firing.run_id]
    )
    if before is None:
        line = f"{{who}} was stopped: {why}"
        await add_activity_line(tx, firing.conversation, line, by=firing.by)
