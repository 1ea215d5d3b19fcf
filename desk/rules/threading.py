"""Which conversation an incoming message belongs to."""

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from desk.words.channels import InboundMessage
from desk.words.conversation import ConversationStatus


def should_continue(status: ConversationStatus | None, *, locked_to_single: bool) -> bool:
    """Whether the contact's latest conversation takes the message; no status: there is none.

    A resolved conversation ends the matter, and the next message begins a new one, unless the
    inbox keeps one conversation per contact for ever.
    """
    if status is None:
        return False
    return locked_to_single or status is not ConversationStatus.RESOLVED


def names_of_its_conversation(message: InboundMessage) -> tuple[str, ...]:
    """By which ids a message that knows threads looks for its conversation; the first known wins.

    First our own conversation, where it names one; then what it answers, nearest first; then its
    own id, which an answer that arrived before it has named. All ids it brings belong to the
    conversation afterwards, so two answers to a mail we never saw find each other. Where a
    channel has no threads, a message may still name a conversation of ours.
    """
    ours = () if message.conversation is None else (message.conversation,)
    if message.follows is None:
        return ours
    return (*ours, *message.follows, message.source_id)


N = TypeVar("N", bound=Hashable)


class Families(Generic[N]):
    """Names that belong together because somebody used them in one breath.

    Of several mails that arrive at once an answer may come before what it answers: they are one
    family whatever their order.
    """

    def __init__(self, together: Iterable[Iterable[N]]) -> None:
        self._elder: dict[N, N] = {}
        for names in together:
            first, *others = names
            for other in others:
                self._elder[self.head_of(other)] = self.head_of(first)

    def head_of(self, name: N) -> N:
        """The same name for every member of a family."""
        while (elder := self._elder.setdefault(name, name)) != name:
            # Halve the way for whoever asks next.
            self._elder[name] = self._elder[elder]
            name = elder
        return name
