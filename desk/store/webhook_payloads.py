"""The bodies of webhooks, in the shapes Chatwoot's receivers read."""

from datetime import UTC, datetime
from typing import Any

import msgspec

from desk.store.conversations import shapes as conversation_shapes
from desk.store.messages import message_shapes
from desk.store.transaction import TenantTx
from desk.words.conversation import MessageType

_ABOUT = """
select a.id as account_id, a.name as account_name, i.id as inbox_id, i.name as inbox_name,
       ci.id as contact_inbox_id, ci.source_id, ci.hmac_verified, c.contact_id
from conversations c
join accounts a on a.id = c.account_id
join inboxes i on i.account_id = c.account_id and i.id = c.inbox_id
join contact_inboxes ci on ci.account_id = c.account_id and ci.id = c.contact_inbox_id
where c.account_id = %s and c.id = %s"""

_CONTACT = """
select a.id as account_id, a.name as account_name, k.id, k.name, k.email, k.phone_number,
       k.identifier, k.blocked, k.additional_attributes, k.custom_attributes
from contacts k join accounts a on a.id = k.account_id
where k.account_id = %s and k.id = %s"""


async def conversation_payload(tx: TenantTx, conversation_id: int) -> dict[str, Any] | None:
    """A conversation with its account, or nothing when it is gone."""
    about = await tx.first(_ABOUT, [tx.account_id, conversation_id])
    found = (await conversation_shapes(tx, tx.account_id, [conversation_id])).get(conversation_id)
    if about is None or found is None:
        return None
    return {**_conversation(found["shape"], about), "account": _account(about)}


async def message_payload(tx: TenantTx, message_id: int, public_url: str) -> dict[str, Any] | None:
    """A message in its conversation; nothing for activity lines and for what is gone."""
    found = (await message_shapes(tx, tx.account_id, [message_id])).get(message_id)
    if found is None:
        return None
    shape: dict[str, Any] = msgspec.json.decode(found["shape"])
    if shape["message_type"] == MessageType.ACTIVITY:
        return None
    row = await tx.one(
        "select conversation_id from messages where account_id = %s and id = %s",
        [tx.account_id, message_id],
    )
    about = await tx.one(_ABOUT, [tx.account_id, row["conversation_id"]])
    conversation = (await conversation_shapes(tx, tx.account_id, [row["conversation_id"]]))[
        row["conversation_id"]
    ]
    payload = {
        "account": _account(about),
        "additional_attributes": shape["additional_attributes"],
        "content_attributes": shape["content_attributes"],
        "content_type": shape["content_type"],
        "content": shape["content"],
        "conversation": _conversation(conversation["shape"], about),
        "created_at": _iso(shape["created_at"]),
        "id": shape["id"],
        "inbox": {"id": about["inbox_id"], "name": about["inbox_name"]},
        "message_type": MessageType(shape["message_type"]).word,
        "private": shape["private"],
        "sender": await _sender(tx, shape, about),
        "source_id": shape["source_id"],
    }
    if shape["attachments"]:
        payload["attachments"] = [_absolute(one, public_url) for one in shape["attachments"]]
    return payload


async def contact_payload(tx: TenantTx, contact_id: int) -> dict[str, Any] | None:
    """A contact with its account, or nothing when it is gone."""
    row = await tx.first(_CONTACT, [tx.account_id, contact_id])
    if row is None:
        return None
    about = {name: row.pop(name) for name in ("account_id", "account_name")}
    return {"account": _account(about), "avatar": "", "thumbnail": "", **row}


def _account(about: dict[str, Any]) -> dict[str, Any]:
    return {"id": about["account_id"], "name": about["account_name"]}


def _conversation(shape: str, about: dict[str, Any]) -> dict[str, Any]:
    decoded: dict[str, Any] = msgspec.json.decode(shape)
    return {
        **decoded,
        "channel": decoded["meta"]["channel"],
        "contact_inbox": {
            "id": about["contact_inbox_id"],
            "contact_id": about["contact_id"],
            "inbox_id": about["inbox_id"],
            "source_id": about["source_id"],
            "hmac_verified": about["hmac_verified"],
        },
    }


async def _sender(
    tx: TenantTx, shape: dict[str, Any], about: dict[str, Any]
) -> dict[str, Any] | None:
    sender: dict[str, Any] | None = shape["sender"]
    if sender is None:
        return None
    if shape["sender_type"] == "Contact":
        return {"account": _account(about), "avatar": "", **sender}
    row = await tx.first("select email from users where id = %s", [sender["id"]])
    return {**sender, "email": None if row is None else row["email"]}


def _absolute(attachment: dict[str, Any], public_url: str) -> dict[str, Any]:
    return attachment | {
        name: public_url + attachment[name]
        for name in ("data_url", "thumb_url")
        if (attachment.get(name) or "").startswith("/")
    }


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
