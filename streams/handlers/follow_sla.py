"""Messages and closes move the clocks of a conversation's service level."""

from collections.abc import Sequence

from desk.actions.follow_sla import follow_sla
from desk.events.conversations import ConversationStatusChanged
from desk.events.envelope import Event
from desk.events.messages import MessageCreated
from desk.store.desk import Desk
from desk.words.conversation import ConversationStatus, MessageType

FACTS = (MessageCreated, ConversationStatusChanged)

_WITH_CLOCKS = """
select e.id from unnest(%(ids)b::bigint[], %(accounts)b::bigint[], %(conversations)b::bigint[])
    as e(id, account_id, conversation_id)
join applied_slas s on s.account_id = e.account_id and s.conversation_id = e.conversation_id
where s.sla_status in (0, 3) and s.heard_event_id < e.id"""


async def concerns(events: Sequence[Event], desk: Desk) -> set[int]:
    """Those of conversations whose clocks run and have not heard of them yet."""
    # An account that never had a policy, a rule, a webhook or an app has facts of version 0.
    asked = [event for event in events if event.rules_version and _moves(event)]
    if not asked:
        return set()
    async with desk.transaction_across_accounts(
        reason="a batch of events belongs to several accounts"
    ) as tx:
        rows = await tx.all(
            _WITH_CLOCKS,
            {
                "ids": [event.id for event in asked],
                "accounts": [int(event.account_id) for event in asked],
                "conversations": [int(event.conversation_id or 0) for event in asked],
            },
            prepare=True,
        )
    return {row["id"] for row in rows}


async def follow_clocks(event: Event, desk: Desk) -> None:
    """Bring them up to now, out of the log."""
    if event.conversation_id is None or not _moves(event):
        return
    async with desk.transaction(event.account_id) as tx:
        await follow_sla(tx, event.conversation_id)


def _moves(event: Event) -> bool:
    match event.fact:
        case MessageCreated(message_type=kind, private=private):
            return not private and kind in (MessageType.INCOMING, MessageType.OUTGOING)
        case ConversationStatusChanged(after=after):
            return after == ConversationStatus.RESOLVED
    return False
