"""What Chatwoot's clients read in each event of the live line: keys and types."""

from types import UnionType
from typing import Any

Shape = dict[str, Any]
"""For each key a type, a union of types, or the shape below it; other keys are our own."""

NUMBER = int | float
TEXT = str | None
WHEN = int | None

PERFORMER: Shape = {
    "id": int,
    "name": str,
    "available_name": str,
    "avatar_url": str,
    "thumbnail": str,
    "type": str,
    "availability_status": str,
}

MESSAGE: Shape = {
    "account_id": int,
    "id": int,
    "content": TEXT,
    "inbox_id": int,
    "conversation_id": int,
    "message_type": int,
    "created_at": int,
    "private": bool,
    "status": str,
    "source_id": TEXT,
    "content_type": str,
    "content_attributes": dict,
    "additional_attributes": dict,
    "external_source_ids": dict,
    "sender_type": TEXT,
    "sender_id": WHEN,
    "processed_message_content": TEXT,
    "attachments": list,
    "sender": dict | None,
    "conversation": {
        "assignee_id": WHEN,
        "unread_count": int,
        "last_activity_at": int,
        "contact_inbox": {"source_id": str},
    },
}

CONTACT: Shape = {
    "account_id": int,
    "id": int,
    "name": str,
    "email": TEXT,
    "phone_number": TEXT,
    "identifier": TEXT,
    "thumbnail": str,
    "blocked": bool,
    "type": str,
    "additional_attributes": dict,
    "custom_attributes": dict,
}

CONVERSATION: Shape = {
    "account_id": int,
    "additional_attributes": dict,
    "can_reply": bool,
    "channel": str,
    "contact_inbox": {"id": int, "contact_id": int, "inbox_id": int, "source_id": str},
    "id": int,
    "inbox_id": int,
    "messages": list,
    "labels": list,
    "meta": {
        "sender": dict,
        "assignee": dict | None,
        "assignee_type": TEXT,
        "team": dict | None,
        "hmac_verified": bool,
    },
    "status": str,
    "custom_attributes": dict,
    "snoozed_until": WHEN,
    "unread_count": int,
    "first_reply_created_at": int,
    "priority": TEXT,
    "waiting_since": int,
    "agent_last_seen_at": int,
    "contact_last_seen_at": int,
    "last_activity_at": int,
    "timestamp": int,
    "created_at": int,
    "updated_at": NUMBER,
}

TYPING: Shape = {
    "account_id": int,
    "conversation": CONVERSATION,
    "user": {"id": int, "name": str, "type": str},
    "is_private": bool,
}

NOTIFICATION: Shape = {
    "account_id": int,
    "notification": {"id": int, "account_id": int},
    "unread_count": int,
    "count": int,
}

OF_AGENTS: dict[str, Shape] = {
    "message.created": MESSAGE,
    "message.updated": MESSAGE | {"previous_changes": dict},
    "first.reply.created": MESSAGE,
    "conversation.created": CONVERSATION,
    "conversation.updated": CONVERSATION,
    "conversation.status_changed": CONVERSATION,
    "conversation.read": CONVERSATION,
    "conversation.contact_changed": CONVERSATION,
    "conversation.mentioned": CONVERSATION,
    "conversation.unread_count_changed": {"account_id": int},
    "conversation.typing_on": TYPING,
    "conversation.typing_off": TYPING,
    "assignee.changed": CONVERSATION,
    "team.changed": CONVERSATION,
    "contact.created": CONTACT,
    "contact.updated": CONTACT,
    "contact.merged": CONTACT,
    "contact.deleted": CONTACT,
    "notification.created": NOTIFICATION
    | {
        "notification": {
            "id": int,
            "notification_type": str,
            "primary_actor_type": str,
            "primary_actor_id": int,
            "primary_actor": dict,
            "push_message_title": str,
            "user": dict,
            "read_at": WHEN,
            "created_at": int,
            "account_id": int,
        }
    },
    "notification.updated": NOTIFICATION,
    "notification.deleted": NOTIFICATION,
    "account.cache_invalidated": {
        "account_id": int,
        "cache_keys": {"label": str, "inbox": str, "team": str},
    },
    "presence.update": {"account_id": int, "users": dict, "contacts": dict},
}
"""What agents hear, by event name."""

_SAID: Shape = {
    "account_id": int,
    "id": int,
    "content": TEXT,
    "conversation_id": int,
    "message_type": int,
    "content_type": str,
    "content_attributes": dict,
    "created_at": int,
    "status": str,
    "sender": dict | None,
    "attachments": list,
}
_THEIRS: Shape = {
    "account_id": int,
    "id": int,
    "inbox_id": int,
    "status": str,
    "contact_last_seen_at": int,
    "agent_last_seen_at": NUMBER,
    "assignee": dict | None,
}

OF_CUSTOMERS: dict[str, Shape] = {
    "message.created": _SAID,
    "message.updated": _SAID,
    "conversation.created": _THEIRS,
    "conversation.updated": _THEIRS,
    "conversation.status_changed": _THEIRS,
    "conversation.typing_on": TYPING | {"conversation": {"id": int}},
    "conversation.typing_off": TYPING | {"conversation": {"id": int}},
    "presence.update": {"account_id": int, "users": dict},
}
"""What customers hear: only what is for them, in less than half the words."""


def faults(data: Any, shape: Shape, at: str = "") -> list[str]:
    """The keys that are missing or of another type."""
    if not isinstance(data, dict):
        return [f"{at or 'data'} is no object"]
    found = []
    for key, wanted in shape.items():
        where = f"{at}.{key}" if at else key
        if key not in data:
            found.append(f"{where} is missing")
        elif isinstance(wanted, dict):
            found += faults(data[key], wanted, where)
        elif not _is(data[key], wanted):
            found.append(f"{where} is {type(data[key]).__name__}")
    return found


def _is(value: object, wanted: type | UnionType) -> bool:
    """A boolean is no number here."""
    kinds = wanted.__args__ if isinstance(wanted, UnionType) else (wanted,)
    return type(value) in kinds
