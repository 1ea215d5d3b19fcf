"""Meta's hooks, byte for byte in its manner: escaped JSON, and its ids."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

from ingest.simulators.whatsapp.graph_errors import GraphProblem
from ingest.simulators.whatsapp.ledger import Number

ERROR_CODES_PAGE = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"


def message_id(customer: str, unique: str, *, outgoing: bool) -> str:
    """A `wamid` as Meta makes it: the customer's number and twenty hexadecimal digits."""
    digits = customer.encode()[:255]
    direction = b"\x11" if outgoing else b"\x12"
    inner = hashlib.sha1(unique.encode(), usedforsecurity=False).hexdigest()[:20].upper()
    packed = (
        bytes((0x1C, 0x18, len(digits)))
        + digits
        + b"\x15\x02\x00"
        + direction
        + b"\x18\x14"
        + inner.encode()
        + b"\x00"
    )
    return "wamid." + base64.b64encode(packed).decode()


def signatures(number: Number, body: bytes) -> dict[str, str]:
    """The headers by which the receiver knows Meta."""
    secret = number.app_secret.encode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        "X-Hub-Signature": "sha1=" + hmac.digest(secret, body, hashlib.sha1).hex(),
        "X-Hub-Signature-256": "sha256=" + hmac.digest(secret, body, hashlib.sha256).hex(),
    }


def message_hook(
    number: Number, message: dict[str, Any], *, customer: str, name: str | None
) -> bytes:
    """A customer wrote."""
    contact: dict[str, Any] = {"wa_id": customer}
    if name:
        contact = {"profile": {"name": name}, "wa_id": customer}
    return _hook(number, {"contacts": [contact], "messages": [message]})


def receipt_hook(
    number: Number,
    source_id: str,
    status: str,
    *,
    recipient: str,
    at: datetime,
    mark: str | None,
    problem: GraphProblem | None = None,
) -> bytes:
    """A message got somewhere, or nowhere."""
    receipt: dict[str, Any] = {
        "id": source_id,
        "status": status,
        "timestamp": str(int(at.timestamp())),
        "recipient_id": recipient,
    }
    if problem is None:
        receipt["conversation"] = _conversation(number, recipient, status, at)
        receipt["pricing"] = {
            "billable": False,
            "pricing_model": "PMP",
            "category": "service",
            "type": "free_customer_service",
        }
    else:
        receipt["errors"] = [
            {
                "code": problem.code,
                "title": problem.title,
                "message": problem.title,
                "error_data": {"details": problem.details},
                "href": ERROR_CODES_PAGE,
            }
        ]
    if mark is not None:
        receipt["biz_opaque_callback_data"] = mark
    return _hook(number, {"statuses": [receipt]})


def _conversation(number: Number, recipient: str, status: str, at: datetime) -> dict[str, Any]:
    seed = f"{number.phone_number_id}:{recipient}:{at:%Y-%m-%d}".encode()
    conversation: dict[str, Any] = {
        "id": hashlib.md5(seed, usedforsecurity=False).hexdigest(),
        "origin": {"type": "service"},
    }
    if status == "sent":
        expires = at + timedelta(hours=24)
        conversation["expiration_timestamp"] = str(int(expires.timestamp()))
    return conversation


def _hook(number: Number, part: dict[str, Any]) -> bytes:
    value = {
        "messaging_product": "whatsapp",
        "metadata": {
            "display_phone_number": number.phone_number.lstrip("+"),
            "phone_number_id": number.phone_number_id,
        },
        **part,
    }
    entry = {
        "id": number.business_account_id,
        "changes": [{"value": value, "field": "messages"}],
    }
    body = {"object": "whatsapp_business_account", "entry": [entry]}
    return json.dumps(body, separators=(",", ":")).encode()
