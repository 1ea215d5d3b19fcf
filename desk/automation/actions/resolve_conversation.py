"""End a conversation."""

from typing import ClassVar

from desk.automation.status_action import StatusAction
from desk.words.conversation import ConversationStatus


class ResolveConversation(StatusAction):
    """`resolve_conversation []`: it is resolved, as if an agent had done it."""

    name: ClassVar[str] = "resolve_conversation"
    to: ClassVar[ConversationStatus] = ConversationStatus.RESOLVED
