"""What happened is to be told to the account's webhooks: rows now, requests by the job worker."""

from typing import Any

from desk.actions.queue_deliveries import Telling, queue_deliveries
from desk.events.contacts import ContactCreated, ContactUpdated
from desk.events.conversations import ConversationCreated, ConversationLabelsChanged
from desk.events.envelope import Event
from desk.events.messages import MessageCreated, MessageEdited, MessageStatusChanged
from desk.rules.webhook_events import CHANGES_CONVERSATION, changed_attributes, subscriptions_of
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.store.webhook_payloads import contact_payload, conversation_payload, message_payload
from desk.words.webhooks import WebhookEvent

_ABOUT_MESSAGES = (MessageCreated, MessageEdited, MessageStatusChanged)
_ABOUT_CONTACTS = (ContactCreated, ContactUpdated)

FACTS = (*_ABOUT_MESSAGES, *_ABOUT_CONTACTS, ConversationCreated, *CHANGES_CONVERSATION)

_WITHOUT_CHANGES = (
    WebhookEvent.MESSAGE_CREATED,
    WebhookEvent.MESSAGE_UPDATED,
    WebhookEvent.CONVERSATION_CREATED,
    WebhookEvent.CONTACT_CREATED,
)


async def queue_webhooks(event: Event, desk: Desk) -> None:
    """Queue a delivery for every endpoint that subscribed; for most accounts there is none."""
    names = subscriptions_of(event.fact)
    if not names:
        return
    wanted = desk.subscriptions.known(event.account_id, event.rules_version)
    if wanted is None:
        async with desk.transaction(event.account_id) as tx:
            wanted = await desk.subscriptions.learn(tx)
    names = tuple(name for name in names if name in wanted)
    if not names:
        return
    async with desk.transaction(event.account_id) as tx:
        body = await _body(tx, event, desk.settings.addresses.public_url)
        if body is None:
            return
        changes = await _changes(tx, event, body)
        tellings = [
            Telling(
                name,
                body if name in _WITHOUT_CHANGES else {**body, "changed_attributes": changes},
                event.conversation_id,
            )
            for name in names
        ]
        await queue_deliveries(tx, tellings, event_id=event.id)


async def _body(tx: TenantTx, event: Event, public_url: str) -> dict[str, Any] | None:
    fact = event.fact
    if isinstance(fact, _ABOUT_MESSAGES):
        return await message_payload(tx, fact.message_id, public_url)
    if isinstance(fact, _ABOUT_CONTACTS):
        return await contact_payload(tx, fact.contact_id)
    if event.conversation_id is None:
        return None
    return await conversation_payload(tx, event.conversation_id)


async def _changes(tx: TenantTx, event: Event, body: dict[str, Any]) -> list[Any]:
    titles: dict[int, str] = {}
    fact = event.fact
    if isinstance(fact, ConversationLabelsChanged):
        rows = await tx.all(
            "select id, title from labels where account_id = %s and id = any(%s)",
            [tx.account_id, [*fact.added, *fact.removed]],
        )
        titles = {row["id"]: row["title"] for row in rows}
    return changed_attributes(fact, body, titles)
