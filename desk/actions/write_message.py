"""Write one message into a conversation and move what the row remembers of its thread."""

from datetime import datetime
from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from desk.events.messages import MessageCreated
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import (
    MAX_ATTACHMENTS,
    MAX_CONTENT,
    ContentType,
    DeliveryStatus,
    FileType,
    MessageType,
    SenderType,
)
from desk.words.errors import Invalid
from desk.words.ids import ConversationId, InboxId, MessageId, TeamId, UserId


class StoredFile(msgspec.Struct, frozen=True):
    """A file already in the file store, to be hung on a message."""

    file_key: str
    file_type: FileType
    file_name: str
    mime_type: str
    size: int


class Draft(msgspec.Struct, frozen=True):
    """A message to be written."""

    message_type: MessageType
    content: str | None
    sender_type: SenderType | None
    sender_id: int | None
    private: bool = False
    content_type: ContentType = ContentType.TEXT
    content_attributes: dict[str, Any] = msgspec.field(default_factory=dict)
    additional_attributes: dict[str, Any] = msgspec.field(default_factory=dict)
    files: tuple[StoredFile, ...] = ()
    source_id: str | None = None
    status: DeliveryStatus = DeliveryStatus.SENT
    echo_id: str | None = None
    first_reply: bool = False


async def write_message(
    tx: TenantTx, conversation: ConversationRow, draft: Draft, *, by: Actor
) -> MessageId:
    """Store the message with its files; the conversation must be locked by this transaction."""
    _check(draft)
    inserted = await tx.insert(
        """insert into messages (account_id, inbox_id, conversation_id, message_type, private, content,
               content_type, content_attributes, additional_attributes, sender_type, sender_id, status,
               source_id, created_at, updated_at)
           values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) returning id""",
        [
            tx.account_id,
            conversation.inbox_id,
            conversation.id,
            int(draft.message_type),
            draft.private,
            draft.content,
            int(draft.content_type),
            Jsonb({**draft.content_attributes, **tx.marks}),
            Jsonb(draft.additional_attributes),
            draft.sender_type,
            draft.sender_id,
            int(draft.status),
            draft.source_id,
            tx.now,
            tx.now,
        ],
    )
    message_id = MessageId(inserted)
    for file in draft.files:
        await _hang_on(tx, message_id, file)
    conversation.last_message_id = message_id
    if _is_said(draft):
        conversation.last_chat_message_id = message_id
    conversation.last_activity_at = _later(conversation.last_activity_at, tx.now)
    conversation.updated_at = tx.now
    tx.record(
        MessageCreated(
            message_id,
            ConversationId(conversation.id),
            InboxId(conversation.inbox_id),
            int(draft.message_type),
            private=draft.private,
            sender_type=draft.sender_type.value if draft.sender_type else None,
            sender_id=draft.sender_id,
            assignee_id=UserId(conversation.assignee_id) if conversation.assignee_id else None,
            team_id=TeamId(conversation.team_id) if conversation.team_id else None,
            first_reply=draft.first_reply,
            echo_id=draft.echo_id,
        ),
        by=by,
        conversation_id=ConversationId(conversation.id),
    )
    return message_id


def _is_said(draft: Draft) -> bool:
    """Whether a list should show it: neither what was done nor the question how it went."""
    done = draft.message_type is MessageType.ACTIVITY
    return not done and draft.content_type is not ContentType.INPUT_CSAT


def _check(draft: Draft) -> None:
    if draft.content is not None and len(draft.content) > MAX_CONTENT:
        raise Invalid(
            "content_too_long",
            f"The content is {len(draft.content):,} characters long; at most {MAX_CONTENT:,} fit.",
            field="content",
        )
    if draft.content is not None and "\x00" in draft.content:
        raise Invalid("content_has_nul", "The content holds a NUL character.", field="content")
    if not (draft.content or draft.files):
        raise Invalid("message_is_empty", "A message needs content or a file.", field="content")
    if len(draft.files) > MAX_ATTACHMENTS:
        raise Invalid(
            "too_many_attachments",
            f"A message carries at most {MAX_ATTACHMENTS} files.",
            field="attachments",
        )


async def _hang_on(tx: TenantTx, message_id: MessageId, file: StoredFile) -> None:
    await tx.execute(
        """insert into attachments (account_id, message_id, file_type, file_name, mime_type, size,
               file_key, created_at) values (%s, %s, %s, %s, %s, %s, %s, %s)""",
        [
            tx.account_id,
            message_id,
            int(file.file_type),
            file.file_name,
            file.mime_type,
            file.size,
            file.file_key,
            tx.now,
        ],
    )


def _later(one: datetime, other: datetime) -> datetime:
    return max(one, other)
