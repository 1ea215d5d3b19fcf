"""The desk itself opens a conversation with a contact."""

from typing import Any

import msgspec

from desk.actions.address_contact import address_contact
from desk.events.conversations import ConversationCreated
from desk.rules.custom_attributes import bounded
from desk.rules.reopening import status_of_new
from desk.store.agent_bots import is_met_by_bot
from desk.store.custom_attributes import fitting
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor, ActorKind
from desk.words.conversation import ConversationStatus
from desk.words.custom_attributes import AttributeModel
from desk.words.ids import ContactId, ConversationId, InboxId


class Opening(msgspec.Struct, frozen=True):
    """What a conversation that we open is to be."""

    inbox_id: InboxId
    contact_id: ContactId
    source_id: str | None = None
    status: ConversationStatus = ConversationStatus.OPEN
    additional_attributes: dict[str, Any] = msgspec.field(default_factory=dict)
    custom_attributes: dict[str, Any] = msgspec.field(default_factory=dict)


async def start_conversation(tx: TenantTx, opening: Opening, *, by: Actor) -> ConversationRow:
    """Open it under the account's next number; the contact gets an address where it has none.

    What a customer begins is a bot's first where one is at the door.
    """
    own = await fitting(tx, AttributeModel.CONVERSATION_ATTRIBUTE, opening.custom_attributes)
    bounded(opening.additional_attributes, field="additional_attributes")
    address = await address_contact(tx, opening.contact_id, opening.inbox_id, opening.source_id)
    status = opening.status
    if by.kind is ActorKind.CONTACT and status is ConversationStatus.OPEN:
        met_by_bot = await is_met_by_bot(tx, opening.inbox_id)
        status = status_of_new(contact_blocked=False, met_by_bot=met_by_bot)
    numbered = await tx.one(
        """update conversation_numbers set last_display_id = last_display_id + 1
           where account_id = %s returning last_display_id""",
        [tx.account_id],
    )
    conversation = ConversationRow(
        account_id=tx.account_id,
        display_id=numbered["last_display_id"],
        inbox_id=opening.inbox_id,
        contact_id=opening.contact_id,
        contact_inbox_id=address.id,
        status=int(status),
        last_activity_at=tx.now,
        additional_attributes=opening.additional_attributes,
        custom_attributes=own,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.session.add(conversation)
    await tx.session.flush()
    await tx.session.refresh(conversation)
    tx.record(
        ConversationCreated(
            ConversationId(conversation.id),
            opening.inbox_id,
            opening.contact_id,
            int(status),
        ),
        by=by,
        conversation_id=ConversationId(conversation.id),
    )
    return conversation
