"""Put a conversation on hold."""

from typing import ClassVar

from desk.automation.status_action import StatusAction
from desk.words.conversation import ConversationStatus


class PendingConversation(StatusAction):
    """`pending_conversation []`: it is pending, as if an agent had done it."""

    name: ClassVar[str] = "pending_conversation"
    to: ClassVar[ConversationStatus] = ConversationStatus.PENDING
