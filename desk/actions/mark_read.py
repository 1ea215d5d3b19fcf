"""An agent has seen a conversation, or wants to see it again."""

from datetime import timedelta

from desk.events.conversations import ConversationRead
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.ids import ConversationId, UserId

_QUIET_FOR = timedelta(hours=1)
"""With nothing unread, seeing it again is written down at most this often."""


async def mark_read(tx: TenantTx, conversation: ConversationRow, *, by: UserId) -> None:
    """The agent saw all there is."""
    seen = conversation.agent_last_seen_at
    if conversation.unread_count == 0 and seen is not None and tx.now - seen < _QUIET_FOR:
        return
    had_unread = conversation.unread_count > 0
    conversation.unread_count = 0
    conversation.agent_last_seen_at = tx.now
    if conversation.assignee_id == by:
        conversation.assignee_last_seen_at = tx.now
    if had_unread:
        _record(tx, conversation, by)


async def mark_unread(tx: TenantTx, conversation: ConversationRow, *, by: UserId) -> None:
    """The customer's last message shows as unread again."""
    last = await tx.first(
        """select created_at from messages where account_id = %s and conversation_id = %s
           and message_type = 0 order by id desc limit 1""",
        [tx.account_id, conversation.id],
    )
    if last is None or conversation.unread_count > 0:
        return
    conversation.unread_count = 1
    before = last["created_at"] - timedelta(seconds=1)
    conversation.agent_last_seen_at = conversation.assignee_last_seen_at = before
    _record(tx, conversation, by)


def _record(tx: TenantTx, conversation: ConversationRow, by: UserId) -> None:
    tx.record(
        ConversationRead(ConversationId(conversation.id), conversation.unread_count),
        by=Actor.user(by),
        conversation_id=ConversationId(conversation.id),
    )
