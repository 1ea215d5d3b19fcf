"""Facts about messages; the text itself stays in the row, never in the log."""

import msgspec

from desk.words.ids import ConversationId, InboxId, MessageId, TeamId, UserId


class MessageCreated(msgspec.Struct, frozen=True, tag="message_created"):
    """A message was received, sent, noted, or written by the system."""

    message_id: MessageId
    conversation_id: ConversationId
    inbox_id: InboxId
    message_type: int
    private: bool
    sender_type: str | None
    sender_id: int | None
    assignee_id: UserId | None = None
    team_id: TeamId | None = None
    first_reply: bool = False
    echo_id: str | None = None
    """The sender's own handle on its optimistic copy."""


class MessageStatusChanged(msgspec.Struct, frozen=True, tag="message_status_changed"):
    """The provider took, delivered or refused a message, or the customer read it."""

    message_id: MessageId
    conversation_id: ConversationId
    before: int
    after: int
    source_id: str | None = None


class MessageEdited(msgspec.Struct, frozen=True, tag="message_edited"):
    """A message's text or files changed: deleted for all, or a file arrived later."""

    message_id: MessageId
    conversation_id: ConversationId
    what: str
