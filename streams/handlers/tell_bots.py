"""What happened in an inbox with a bot is to be told to the bot: rows now, requests by the worker."""

from typing import Any

from desk.actions.queue_deliveries import Telling
from desk.actions.tell_bots import ears_of, tell_bots
from desk.events.envelope import Event
from desk.events.messages import MessageCreated, MessageEdited, MessageStatusChanged
from desk.rules.bot_events import TOLD_TO_BOTS, bot_events_of
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.store.webhook_payloads import conversation_payload, message_payload
from desk.words.webhooks import BOTS_EAR

FACTS = TOLD_TO_BOTS

_ABOUT_MESSAGES = (MessageCreated, MessageEdited, MessageStatusChanged)


async def tell_bots_of(event: Event, desk: Desk) -> None:
    """Queue a delivery for the bot of the conversation's inbox; most accounts have none."""
    names = bot_events_of(event.fact)
    if not names or event.conversation_id is None:
        return
    heard = desk.subscriptions.known(event.account_id, event.rules_version)
    if heard is None:
        async with desk.transaction(event.account_id) as tx:
            heard = await desk.subscriptions.learn(tx)
    if BOTS_EAR not in heard:
        return
    async with desk.transaction(event.account_id) as tx:
        row = await tx.first(
            "select inbox_id from conversations where account_id = %s and id = %s",
            [tx.account_id, event.conversation_id],
        )
        ears = await ears_of(tx, row["inbox_id"]) if row is not None else []
        if not ears:
            return
        body = await _body(tx, event, desk.settings.addresses.public_url)
        if body is None:
            return
        tellings = [Telling(name, body, event.conversation_id) for name in names]
        await tell_bots(tx, ears, tellings, event_id=event.id)


async def _body(tx: TenantTx, event: Event, public_url: str) -> dict[str, Any] | None:
    if isinstance(event.fact, _ABOUT_MESSAGES):
        return await message_payload(tx, event.fact.message_id, public_url)
    if event.conversation_id is None:
        return None
    return await conversation_payload(tx, event.conversation_id)
