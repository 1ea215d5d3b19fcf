"""How a delivery is signed: Standard Webhooks, and beside it the headers Chatwoot's receivers know."""

import base64
import binascii
import hashlib
import hmac
from datetime import datetime

PREFIX = "whsec_"


def signature_headers(secret: str, delivery_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of one try; the id stays the same for every try, the time does not."""
    seconds = str(int(at.timestamp()))
    signed = f"{delivery_id}.{seconds}.".encode() + body
    standard = hmac.digest(key_of(secret), signed, hashlib.sha256)
    chatwoot = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{base64.b64encode(standard).decode()}",
        "X-Chatwoot-Delivery": delivery_id,
        "X-Chatwoot-Timestamp": seconds,
        "X-Chatwoot-Signature": f"sha256={chatwoot.hexdigest()}",
    }


def key_of(secret: str) -> bytes:
    """The bytes that `whsec_…` stands for; any other secret stands for itself."""
    if secret.startswith(PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            return secret.encode()
    return secret.encode()
