"""The partner's request as the contract of the custom channel has it."""

import msgspec

TYPES = frozenset({"text", "image", "audio", "video", "file", "attachment"})
"""What a message may call itself; what counts is its content and its attachments."""


class Sender(msgspec.Struct, frozen=True):
    """The customer, as the partner knows them."""

    id: str | int
    name: str | None = None
    email: str | None = None
    phone_number: str | None = None


class Attachment(msgspec.Struct, frozen=True):
    """A file, and where to fetch it."""

    url: str
    type: str = "file"
    name: str | None = None


class Said(msgspec.Struct, frozen=True):
    """What the customer wrote or sent."""

    type: str = "text"
    content: str | None = None
    attachments: list[Attachment] | None = None


class CustomHook(msgspec.Struct, frozen=True):
    """One message of one customer."""

    message_id: str | int
    sender: Sender
    message: Said
