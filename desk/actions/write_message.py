"""Write one message into a conversation and move what the row remembers of its thread."""

from typing import Any

import msgspec
from psycopg.types.json import Jsonb
from sqlalchemy.orm.attributes import set_committed_value

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
    answers: bool = False
    """Whoever waited in the conversation waits no longer."""


_WRITE = """
with written as (
    insert into messages (account_id, inbox_id, conversation_id, message_type, private, content,
        content_type, content_attributes, additional_attributes, sender_type, sender_id, status,
        source_id, created_at, updated_at)
    values (%(account_id)s, %(inbox_id)s, %(conversation_id)s, %(message_type)s, %(private)s,
        %(content)s, %(content_type)s, %(content_attributes)s, %(additional_attributes)s,
        %(sender_type)s, %(sender_id)s, %(status)s, %(source_id)s, %(now)s, %(now)s)
    returning id
)
update conversations c set last_message_id = written.id,
    last_chat_message_id = case when %(is_said)s then written.id else c.last_chat_message_id end,
    last_activity_at = %(active_at)s, updated_at = %(now)s,
    waiting_since = case when %(answers)s then null else c.waiting_since end,
    first_reply_created_at = case when %(answers)s and %(first_reply)s then %(now)s
        else c.first_reply_created_at end
from written where c.account_id = %(account_id)s and c.id = %(conversation_id)s
returning written.id"""


async def write_message(
    tx: TenantTx, conversation: ConversationRow, draft: Draft, *, by: Actor
) -> MessageId:
    """Store the message with its files; the conversation must be locked by this transaction."""
    _check(draft)
    message_id = MessageId(await tx.insert(_WRITE, _values(tx, conversation, draft)))
    for file in draft.files:
        await _hang_on(tx, message_id, file)
    _remember(tx, conversation, draft, message_id)
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


def _values(tx: TenantTx, conversation: ConversationRow, draft: Draft) -> dict[str, Any]:
    return {
        "account_id": tx.account_id,
        "inbox_id": conversation.inbox_id,
        "conversation_id": conversation.id,
        "message_type": int(draft.message_type),
        "private": draft.private,
        "content": draft.content,
        "content_type": int(draft.content_type),
        "content_attributes": Jsonb({**draft.content_attributes, **tx.marks}),
        "additional_attributes": Jsonb(draft.additional_attributes),
        "sender_type": draft.sender_type,
        "sender_id": draft.sender_id,
        "status": int(draft.status),
        "source_id": draft.source_id,
        "is_said": _is_said(draft),
        "active_at": max(conversation.last_activity_at, tx.now),
        "answers": draft.answers,
        "first_reply": draft.first_reply,
        "now": tx.now,
    }


def _remember(
    tx: TenantTx, conversation: ConversationRow, draft: Draft, message_id: MessageId
) -> None:
    """Tell the row at hand what its table knows already: there is nothing left to write."""
    known: dict[str, Any] = {
        "last_message_id": message_id,
        "last_activity_at": max(conversation.last_activity_at, tx.now),
        "updated_at": tx.now,
    }
    if _is_said(draft):
        known["last_chat_message_id"] = message_id
    if draft.answers:
        known["waiting_since"] = None
        if draft.first_reply:
            known["first_reply_created_at"] = tx.now
    for name, value in known.items():
        set_committed_value(conversation, name, value)


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
