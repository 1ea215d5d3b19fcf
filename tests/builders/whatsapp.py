"""Webhooks as WhatsApp Cloud sends them: the envelope, and the signature over its bytes."""

import hashlib
import hmac
import json
from typing import Any


def text_hook(
    *, phone_number: str, phone_number_id: str, sender: str, name: str, wamid: str, text: str
) -> bytes:
    """The body of a hook with one text message."""
    return hook(
        phone_number,
        phone_number_id,
        contacts=[{"profile": {"name": name}, "wa_id": sender}],
        messages=[
            {
                "from": sender,
                "id": wamid,
                "timestamp": "1764061200",
                "text": {"body": text},
                "type": "text",
            }
        ],
    )


def hook(phone_number: str, phone_number_id: str, **value: Any) -> bytes:
    """The body of a hook with these contacts, messages or statuses."""
    return json.dumps(
        {
            "object": "whatsapp_business_account",
            "entry": [
                {
                    "id": "102290129340398",
                    "changes": [
                        {
                            "value": {
                                "messaging_product": "whatsapp",
                                "metadata": {
                                    "display_phone_number": phone_number.removeprefix("+"),
                                    "phone_number_id": phone_number_id,
                                },
                                **value,
                            },
                            "field": "messages",
                        }
                    ],
                }
            ],
        },
        ensure_ascii=False,
    ).encode()


def signed(body: bytes, app_secret: str) -> dict[str, str]:
    """The headers Meta sends with these bytes."""
    digest = hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()
    return {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={digest}"}
