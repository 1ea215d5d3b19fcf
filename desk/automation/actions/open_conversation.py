"""Open a conversation again."""

from typing import ClassVar

from desk.automation.status_action import StatusAction
from desk.words.conversation import ConversationStatus


class OpenConversation(StatusAction):
    """`open_conversation []`: it is open, as if an agent had done it."""

    name: ClassVar[str] = "open_conversation"
    to: ClassVar[ConversationStatus] = ConversationStatus.OPEN
