"""What a customer's message does to the status of the conversation it lands in."""

from desk.words.conversation import ConversationStatus


def status_after_message(
    status: ConversationStatus,
    *,
    contact_blocked: bool,
    automatic: bool = False,
    bot_at_door: bool = False,
) -> ConversationStatus:
    """A customer's message ends any pause; a blocked contact or a program changes nothing.

    What was resolved begins anew, so that a bot at the door meets it first.
    """
    if contact_blocked or automatic:
        return status
    if status is ConversationStatus.RESOLVED and bot_at_door:
        return ConversationStatus.PENDING
    if status in (ConversationStatus.RESOLVED, ConversationStatus.SNOOZED):
        return ConversationStatus.OPEN
    return status


def status_of_new(*, contact_blocked: bool, met_by_bot: bool = False) -> ConversationStatus:
    """A new conversation waits for an agent, unless a bot meets it or its contact is blocked."""
    if contact_blocked:
        return ConversationStatus.RESOLVED
    return ConversationStatus.PENDING if met_by_bot else ConversationStatus.OPEN
