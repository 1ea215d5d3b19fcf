"""What a client of the public API says, as its requests have it."""

from typing import Any

import msgspec


class StoredUpload(msgspec.Struct, frozen=True):
    """A file that came with the request and lies in our store already."""

    file_key: str
    file_type: str
    name: str
    mime_type: str
    size: int


class ApiMessage(msgspec.Struct, frozen=True):
    """A message of a customer."""

    content: str | None = None
    echo_id: str | int | None = None
    """The client's own name for it; the same one with the same words is the same message."""
    source_id: str | int | None = None
    """The client's own id of it, unique within the inbox; ours is made up where there is none."""
    content_attributes: dict[str, Any] | None = None
    stored_uploads: list[StoredUpload] | None = None
    """Written by the desk's own API only, when a form brought files."""
