"""A notification as clients see it."""

from typing import Any

import msgspec


class Notification(msgspec.Struct):
    """Something a person was told."""

    id: int
    account_id: int
    notification_type: str
    primary_actor_type: str
    primary_actor_id: int
    """The conversation's own id, by which all of its notifications can be read."""
    primary_actor: msgspec.Raw
    """The conversation; its number in the account is its `id`."""
    secondary_actor: msgspec.Raw | None
    """The message it is about, if it is about one."""
    push_message_title: str
    push_message_body: str
    user: dict[str, Any]
    read_at: int | None
    snoozed_until: int | None
    created_at: int
    last_activity_at: int
    meta: dict[str, Any]
