"""What a bot does not take is a person's: conversations it could not be told of are opened."""

from collections.abc import Sequence

from sqlalchemy import select

from desk.actions.activity import add_activity_line
from desk.actions.change_status import change_status
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.webhooks import BotEvent, DeliveryState

_UNHEARD = """
select distinct d.conversation_id from webhook_deliveries d
join webhooks w on w.account_id = d.account_id and w.id = d.webhook_id
where d.account_id = %s and d.id = any(%s) and d.event = %s and w.agent_bot_id is not null
  and d.conversation_id is not null"""

_WAITING = """
select distinct conversation_id from webhook_deliveries
where account_id = %s and webhook_id = %s and state = %s and event = %s
  and conversation_id is not null"""

_IN_HAND = """
select c.id from conversations c
join agent_bot_inboxes i on i.account_id = c.account_id and i.inbox_id = c.inbox_id
join webhooks w on w.account_id = i.account_id and w.agent_bot_id = i.agent_bot_id
where c.account_id = %s and w.id = %s and c.status = %s"""

_OF_BOT = """
select c.id from conversations c
join agent_bot_inboxes i on i.account_id = c.account_id and i.inbox_id = c.inbox_id
where c.account_id = %s and i.agent_bot_id = %s and c.status = %s
order by c.last_activity_at desc limit %s"""

MOST_TAKEN_OVER = 500
"""Conversations that are opened when their bot leaves; older ones stay on hold."""


async def hand_over_unheard(tx: TenantTx, delivery_ids: Sequence[int]) -> None:
    """These were given up: where a bot should have heard a message, people take over."""
    if not delivery_ids:
        return
    rows = await tx.all(
        _UNHEARD, [tx.account_id, list(delivery_ids), BotEvent.MESSAGE_CREATED.value]
    )
    await _open(tx, [row["conversation_id"] for row in rows])


async def hand_over_waiting(tx: TenantTx, webhook_id: int) -> None:
    """The bot behind this ear does not listen: whose message waits for it is not to wait on."""
    rows = await tx.all(
        _WAITING,
        [
            tx.account_id,
            webhook_id,
            int(DeliveryState.WAITING),
            BotEvent.MESSAGE_CREATED.value,
        ],
    )
    await _open(tx, [row["conversation_id"] for row in rows])


async def hand_over_all(tx: TenantTx, webhook_id: int) -> None:
    """The bot behind this ear hears nothing any more: people take what it had in hand."""
    rows = await tx.all(_IN_HAND, [tx.account_id, webhook_id, int(ConversationStatus.PENDING)])
    await _open(tx, [row["id"] for row in rows])


async def take_over_from(tx: TenantTx, agent_bot_id: int) -> None:
    """The bot leaves: people take what it had in hand, in the inboxes where it still works."""
    rows = await tx.all(
        _OF_BOT, [tx.account_id, agent_bot_id, int(ConversationStatus.PENDING), MOST_TAKEN_OVER]
    )
    await _open(tx, [row["id"] for row in rows], "The bot has left")


async def _open(
    tx: TenantTx, conversation_ids: Sequence[int], why: str = "The bot could not be reached"
) -> None:
    if not conversation_ids:
        return
    found = await tx.session.execute(
        select(ConversationRow)
        .where(
            ConversationRow.account_id == tx.account_id,
            ConversationRow.id.in_(conversation_ids),
            ConversationRow.status == int(ConversationStatus.PENDING),
        )
        .order_by(ConversationRow.id)
        .with_for_update()
    )
    for conversation in found.scalars().all():
        await add_activity_line(tx, conversation, why, by=Actor.system())
        await change_status(tx, conversation, ConversationStatus.OPEN, by=Actor.system())
