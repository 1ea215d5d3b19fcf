"""A message as programs of the account are told of it, in Chatwoot's words."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from desk.words.conversation import MessageType

LinkTo = Callable[[int, str], str]
"""The address of a file, by its id and name, for somebody who is not signed in."""


def message_event(
    event: str,
    message: dict[str, Any],
    conversation: dict[str, Any],
    *,
    account_name: str,
    inbox_name: str,
    link_to: LinkTo,
) -> dict[str, Any]:
    """`message_created` or `message_updated`: the message with all that stands around it.

    `message` and `conversation` are the shapes that the API shows.
    """
    told: dict[str, Any] = {
        "event": event,
        "id": message["id"],
        "content": message["content"],
        "content_type": message["content_type"],
        "content_attributes": message["content_attributes"],
        "additional_attributes": message["additional_attributes"],
        "created_at": _instant(message["created_at"]),
        "message_type": MessageType(message["message_type"]).word,
        "private": message["private"],
        "source_id": message["source_id"],
        "sender": message["sender"],
        "account": {"id": message["account_id"], "name": account_name},
        "inbox": {"id": message["inbox_id"], "name": inbox_name},
        "conversation": {
            **conversation,
            "channel": conversation["meta"].get("channel"),
            "contact_inbox": (message.get("conversation") or {}).get("contact_inbox"),
        },
    }
    if message["attachments"]:
        told["attachments"] = [_attachment(one, link_to) for one in message["attachments"]]
    return told


def _attachment(attachment: dict[str, Any], link_to: LinkTo) -> dict[str, Any]:
    url = attachment["data_url"]
    if url and url.startswith("/"):
        url = link_to(attachment["id"], attachment["file_name"] or "file")
    return {**attachment, "data_url": url, "thumb_url": url if attachment["thumb_url"] else ""}


def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
