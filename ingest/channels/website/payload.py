"""A visitor's message, as the widget sends it."""

import msgspec


class MessageWanted(msgspec.Struct, frozen=True):
    """What the visitor wrote."""

    content: str | None = None
    echo_id: str | None = None
    """The widget's own handle: the same one again is the same message."""
    reply_to: int | None = None
    """The message it quotes."""
    referer_url: str | None = None
    """The page the visitor is on."""
    timestamp: str | None = None
    """What the visitor's clock shows; used for nothing."""


class SayIt(msgspec.Struct, frozen=True):
    """One message, where Chatwoot's widget puts it."""

    message: MessageWanted
