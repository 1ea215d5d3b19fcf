"""Identifiers that cannot be mistaken for one another."""

from typing import NewType

AccountId = NewType("AccountId", int)
UserId = NewType("UserId", int)
InboxId = NewType("InboxId", int)
ContactId = NewType("ContactId", int)
ConversationId = NewType("ConversationId", int)
DisplayId = NewType("DisplayId", int)
MessageId = NewType("MessageId", int)
TeamId = NewType("TeamId", int)
JobId = NewType("JobId", int)
InboundId = NewType("InboundId", int)
