"""Put a conversation aside until the customer writes."""

from typing import ClassVar

from desk.automation.status_action import StatusAction
from desk.words.conversation import ConversationStatus


class SnoozeConversation(StatusAction):
    """`snooze_conversation []`: it is snoozed, as if an agent had done it."""

    name: ClassVar[str] = "snooze_conversation"
    to: ClassVar[ConversationStatus] = ConversationStatus.SNOOZED
