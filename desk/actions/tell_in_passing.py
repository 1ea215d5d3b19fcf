"""Tell webhooks and bots of what leaves no fact: somebody is typing, somebody opened the website's chat."""

from typing import Any

from desk.actions.queue_deliveries import Telling, queue_deliveries
from desk.actions.tell_bots import ears_of, tell_bots
from desk.store.transaction import TenantTx
from desk.store.webhook_payloads import contact_payload, conversation_payload
from desk.words.webhooks import BotEvent, WebhookEvent

_WIDGET = """
select ci.id, ci.source_id, ci.contact_id, ci.inbox_id, i.name as inbox_name,
       (select c.id from conversations c where c.account_id = ci.account_id
            and c.contact_inbox_id = ci.id order by c.id desc limit 1) as conversation_id
from contact_inboxes ci join inboxes i on i.account_id = ci.account_id and i.id = ci.inbox_id
where ci.account_id = %s and ci.id = %s"""


async def tell_of_typing(
    tx: TenantTx, conversation_id: int, who: dict[str, Any], *, on: bool, private: bool = False
) -> None:
    """Somebody began or stopped writing; delivered once or not at all."""
    event = WebhookEvent.CONVERSATION_TYPING_ON if on else WebhookEvent.CONVERSATION_TYPING_OFF
    if not await _is_wanted(tx, event):
        return
    conversation = await conversation_payload(tx, conversation_id)
    if conversation is not None:
        body = {"user": who, "conversation": conversation, "is_private": private}
        await queue_deliveries(tx, [Telling(event, body, conversation_id)])


async def tell_of_widget(
    tx: TenantTx, contact_inbox_id: int, event_info: dict[str, Any] | None
) -> None:
    """A visitor opened the website's chat."""
    about = await tx.first(_WIDGET, [tx.account_id, contact_inbox_id])
    ears = await ears_of(tx, about["inbox_id"]) if about is not None else []
    wanted = await _is_wanted(tx, WebhookEvent.WEBWIDGET_TRIGGERED)
    if not wanted and not ears:
        return
    contact = await contact_payload(tx, about["contact_id"]) if about is not None else None
    if about is None or contact is None:
        return
    conversation = None
    if about["conversation_id"] is not None:
        conversation = await conversation_payload(tx, about["conversation_id"])
    body = {
        "id": about["id"],
        "contact": contact,
        "inbox": {"id": about["inbox_id"], "name": about["inbox_name"]},
        "account": contact["account"],
        "current_conversation": conversation,
        "source_id": about["source_id"],
        "event_info": event_info or {},
    }
    where = about["conversation_id"]
    if wanted:
        await queue_deliveries(tx, [Telling(WebhookEvent.WEBWIDGET_TRIGGERED, body, where)])
    await tell_bots(tx, ears, [Telling(BotEvent.WEBWIDGET_TRIGGERED, body, where)])


async def _is_wanted(tx: TenantTx, event: WebhookEvent) -> bool:
    row = await tx.one(
        """select exists (select from webhooks where account_id = %s and paused_at is null
               and %s::text = any(subscriptions)) as wanted""",
        [tx.account_id, event.value],
    )
    return bool(row["wanted"])
