"""Facts about canned responses; their texts stay in the row."""

import msgspec


class CannedResponseCreated(msgspec.Struct, frozen=True, tag="canned_response_created"):
    """Somebody kept an answer for the next time."""

    canned_response_id: int


class CannedResponseUpdated(msgspec.Struct, frozen=True, tag="canned_response_updated"):
    """A canned response got another short code or another text."""

    canned_response_id: int
    fields: list[str]


class CannedResponseDeleted(msgspec.Struct, frozen=True, tag="canned_response_deleted"):
    """A canned response went out of use."""

    canned_response_id: int
