"""When something happens, the account's rules are asked, one after the other."""

from desk.automation.firing import fire, message_of
from desk.automation.look import look
from desk.events.conversations import (
    ConversationAssigned,
    ConversationAttributesChanged,
    ConversationCreated,
    ConversationLabelsChanged,
    ConversationPriorityChanged,
    ConversationStatusChanged,
    ConversationTeamChanged,
)
from desk.events.envelope import Event
from desk.events.messages import MessageCreated
from desk.rules.conditions import judge
from desk.rules.rule_events import rule_events_of
from desk.store.automation import ActiveRule
from desk.store.desk import Desk
from desk.words.ids import ConversationId
from streams.failures import Verdict
from streams.failures import judge as verdict_on
from streams.reactions import TOO_LATE

FACTS = (
    ConversationAssigned,
    ConversationAttributesChanged,
    ConversationCreated,
    ConversationLabelsChanged,
    ConversationPriorityChanged,
    ConversationStatusChanged,
    ConversationTeamChanged,
    MessageCreated,
)


async def run_automation(event: Event, desk: Desk) -> None:
    """Let the rules in force meet the fact, in the order in which they were made.

    Each has its own transaction: one that breaks is reported after the others have run. A rule
    that has met this very fact before does nothing.
    """
    if event.conversation_id is None:
        return
    rules = await _rules_for(event, desk)
    if not rules:
        return
    late = desk.clock.now() - event.at > TOO_LATE
    broken: list[Exception] = []
    looked_at_all = False
    seen = None
    for rule in rules:
        if not looked_at_all:
            async with desk.transaction(event.account_id) as tx:
                seen = await look(tx, event.conversation_id, message_of(event))
            looked_at_all = True
        if seen is None:
            break
        if not judge(rule.conditions, seen).met:
            continue
        try:
            fired = await _fire(rule, event, event.conversation_id, desk, late=late)
        except Exception as error:
            if verdict_on(error) is Verdict.PASSES:
                raise
            broken.append(error)
        else:
            # What one rule did, the next one sees.
            looked_at_all = not fired
    if broken:
        raise broken[0]


async def _rules_for(event: Event, desk: Desk) -> list[ActiveRule]:
    names = rule_events_of(event.fact)
    if not names:
        return []
    in_force = desk.rules.known(event.account_id, event.rules_version)
    if in_force is None:
        async with desk.transaction(event.account_id) as tx:
            in_force = await desk.rules.learn(tx)
    return sorted(
        (rule for name in names for rule in in_force.get(name, ())), key=lambda rule: rule.id
    )


async def _fire(
    rule: ActiveRule, event: Event, conversation_id: ConversationId, desk: Desk, *, late: bool
) -> bool:
    following = desk.following((*event.after_rules, rule.id))
    async with following.transaction(event.account_id) as tx:
        return await fire(tx, rule, event, conversation_id, late=late)
