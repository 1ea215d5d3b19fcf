"""Say how urgent a conversation is and what it is about."""

from typing import Any

from desk.actions.activity import add_activity_line
from desk.events.conversations import (
    ConversationAttributesChanged,
    ConversationLabelsChanged,
    ConversationPriorityChanged,
)
from desk.rules.custom_attributes import small_enough
from desk.store.custom_attributes import fitting
from desk.store.labels import known_labels
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import Priority
from desk.words.custom_attributes import AttributeModel
from desk.words.ids import ConversationId


async def set_priority(
    tx: TenantTx, conversation: ConversationRow, to: Priority | None, *, by: Actor
) -> None:
    """Judge how urgent it is, or take the judgement back."""
    before = conversation.priority
    after = None if to is None else int(to)
    if before == after:
        return
    conversation.priority = after
    conversation.updated_at = tx.now
    tx.record(
        ConversationPriorityChanged(ConversationId(conversation.id), before, after),
        by=by,
        conversation_id=ConversationId(conversation.id),
    )
    line = "{who} removed the priority" if to is None else f"{{who}} set the priority to {to.word}"
    await add_activity_line(tx, conversation, line, by=by)


async def set_labels(
    tx: TenantTx, conversation: ConversationRow, titles: list[str], *, by: Actor
) -> None:
    """Replace the labels; all must be labels of the account."""
    wanted = await known_labels(tx, titles)
    before, after = set(conversation.label_ids or []), set(wanted)
    if before == after:
        return
    conversation.label_ids = sorted(after)
    conversation.updated_at = tx.now
    added, removed = sorted(after - before), sorted(before - after)
    tx.record(
        ConversationLabelsChanged(ConversationId(conversation.id), added, removed),
        by=by,
        conversation_id=ConversationId(conversation.id),
    )
    for verb, ids in (("added", added), ("removed", removed)):
        if ids:
            named = await tx.all(
                "select title from labels where account_id = %s and id = any(%s) order by title",
                [tx.account_id, ids],
            )
            line = f"{{who}} {verb} {', '.join(row['title'] for row in named)}"
            await add_activity_line(tx, conversation, line, by=by)


async def set_custom_attributes(
    tx: TenantTx, conversation: ConversationRow, attributes: dict[str, Any], *, by: Actor
) -> None:
    """Replace the custom attributes; what is new among them must fit what the account says of it."""
    before = conversation.custom_attributes
    if before == attributes:
        return
    new = {key: value for key, value in attributes.items() if before.get(key) != value}
    new = await fitting(tx, AttributeModel.CONVERSATION_ATTRIBUTE, new)
    attributes = {**attributes, **new}
    small_enough(attributes, field="custom_attributes")
    keys = sorted(set(before) | set(attributes))
    conversation.custom_attributes = attributes
    conversation.updated_at = tx.now
    tx.record(
        ConversationAttributesChanged(ConversationId(conversation.id), keys),
        by=by,
        conversation_id=ConversationId(conversation.id),
    )
