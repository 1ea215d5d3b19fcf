"""A message is to be told to the account's apps: rows now, requests by the job worker."""

from collections.abc import Sequence

from desk.actions.follow_conversation import follow, oblige_to_ask
from desk.events.envelope import Event
from desk.events.messages import MessageCreated
from desk.store.desk import Desk
from desk.store.integrations import hooks_at_work
from desk.words.conversation import MessageType
from desk.words.integrations import DIALOGFLOW, SLACK

FACTS = (MessageCreated,)


async def concerns(events: Sequence[Event], desk: Desk) -> set[int]:
    """Those of accounts with an app at work; most accounts have none."""
    # An account that never had a rule, a webhook or an app has facts of version 0.
    possible = [event for event in events if event.rules_version and _is_said(event)]
    if not possible:
        return set()
    async with desk.transaction_across_accounts(
        reason="a batch of events belongs to several accounts"
    ) as tx:
        found = await hooks_at_work(tx, {event.account_id for event in possible})
    accounts = {hook.account_id for hook in found}
    return {event.id for event in possible if event.account_id in accounts}


async def tell_apps(event: Event, desk: Desk) -> None:
    """Oblige the desk to post it, or to ask a bot what it says to it."""
    fact = event.fact
    if not isinstance(fact, MessageCreated) or not event.rules_version or not _is_said(event):
        return
    async with desk.transaction(event.account_id) as tx:
        for hook in await hooks_at_work(tx, [event.account_id]):
            if hook.app_id == SLACK:
                await follow(tx, hook.id, fact.conversation_id, fact.message_id)
            elif (
                hook.app_id == DIALOGFLOW
                and hook.inbox_id == fact.inbox_id
                and fact.message_type == MessageType.INCOMING
            ):
                await oblige_to_ask(tx, hook.id, fact.conversation_id, fact.message_id)


def _is_said(event: Event) -> bool:
    fact = event.fact
    return isinstance(fact, MessageCreated) and fact.message_type != MessageType.ACTIVITY
