"""Telling the inbox's own program of a message: signed, and known again by its id."""

import base64
import binascii
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import httpx
import msgspec

from ingest.channel_contract import (
    Config,
    OutgoingFile,
    OutgoingMessage,
    Rejected,
    Secrets,
    SendResult,
    TryAgain,
    Unknown,
)

NEVER_ARRIVED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
TRY_AGAIN = (408, 425, 429, 503)
WAITS_SECONDS = 10.0


async def send(
    http: httpx.AsyncClient, outgoing: OutgoingMessage, secrets: Secrets, config: Config
) -> SendResult:
    """Post `message_created` to the inbox's `webhook_url`; the delivery's id."""
    url, secret = str(config.get("webhook_url") or ""), str(secrets.get("secret") or "")
    if not url or not secret:
        raise Rejected("the inbox lacks its webhook_url or its secret")
    if not outgoing.content and not outgoing.files:
        raise Rejected("the message has neither text nor files")
    # The same for every try: by it the receiver knows that it has the message.
    delivery_id = str(uuid5(NAMESPACE_URL, f"streamdesk:{url}:{outgoing.message_id}"))
    body = msgspec.json.encode(event_of(outgoing))
    at = outgoing.notice.at if outgoing.notice else None
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    headers |= signed(secret, delivery_id, body, at)
    try:
        answer = await http.post(url, content=body, headers=headers, timeout=WAITS_SECONDS)
    except NEVER_ARRIVED as error:
        raise TryAgain(f"{url} cannot be reached: {type(error).__name__}") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise Rejected(f"{url} is no URL") from error
    except httpx.TransportError as error:
        raise Unknown(f"{url} did not answer: {type(error).__name__}") from error
    if answer.is_success:
        return SendResult(source_id=delivery_id)
    said = f"{url} answered {answer.status_code}"
    if answer.status_code in TRY_AGAIN:
        raise TryAgain(said, _retry_after(answer))
    if answer.is_server_error:
        raise Unknown(said)
    raise Rejected(said, str(answer.status_code))


def event_of(outgoing: OutgoingMessage) -> dict[str, Any]:
    """Chatwoot's `message_created`; where nobody told more, what the message itself says."""
    if outgoing.notice is not None:
        return outgoing.notice.event
    return {
        "event": "message_created",
        "id": outgoing.message_id,
        "content": outgoing.content,
        "message_type": "outgoing",
        "private": False,
        "conversation": {"contact_inbox": {"source_id": outgoing.to}},
        "attachments": [_shown(file) for file in outgoing.files],
    }


def signed(secret: str, delivery_id: str, body: bytes, at: datetime | None) -> dict[str, str]:
    """The Standard Webhooks headers, and the same under Chatwoot's names."""
    seconds = str(int(at.timestamp())) if at is not None else "0"
    standard = hmac.digest(
        _key(secret), f"{delivery_id}.{seconds}.".encode() + body, hashlib.sha256
    )
    chatwoot = hmac.digest(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256)
    return {
        "webhook-id": delivery_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{base64.b64encode(standard).decode()}",
        "X-Chatwoot-Delivery": delivery_id,
        "X-Chatwoot-Timestamp": seconds,
        "X-Chatwoot-Signature": f"sha256={chatwoot.hex()}",
    }


def _key(secret: str) -> bytes:
    """Standard Webhooks writes keys as `whsec_` and base64; any other secret is taken as it is."""
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except (binascii.Error, ValueError):
            return secret.encode()
    return secret.encode()


def _shown(file: OutgoingFile) -> dict[str, Any]:
    return {
        "file_type": file.file_type.word,
        "file_name": file.name,
        "content_type": file.mime_type,
        "file_size": file.size,
        "data_url": file.link,
    }


def _retry_after(answer: httpx.Response) -> timedelta | None:
    seconds = answer.headers.get("Retry-After", "")
    return timedelta(seconds=min(int(seconds), 86_400)) if seconds.isdigit() else None
