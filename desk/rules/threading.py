"""Which conversation an incoming message belongs to."""

from desk.words.conversation import ConversationStatus


def should_continue(status: ConversationStatus | None, *, locked_to_single: bool) -> bool:
    """Whether the contact's latest conversation takes the message; no status: there is none.

    A resolved conversation ends the matter, and the next message begins a new one, unless the
    inbox keeps one conversation per contact for ever.
    """
    if status is None:
        return False
    return locked_to_single or status is not ConversationStatus.RESOLVED
