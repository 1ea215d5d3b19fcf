"""Sending to the partner's server: one request a part, and its own words when it says no."""

from datetime import timedelta
from typing import Any

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
from ingest.channels.custom.partner import MOST_OF_AN_ANSWER, bearer, reason_in

NEVER_ARRIVED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
TRY_AGAIN = (429, 503)
"""Statuses that say: not now."""


class Accepted(msgspec.Struct, frozen=True):
    """The answer to a message that was taken."""

    message_id: str | int


async def send(
    http: httpx.AsyncClient, outgoing: OutgoingMessage, secrets: Secrets, config: Config
) -> SendResult:
    """Send what an earlier try has not yet sent; the partner's ids of all parts, in order."""
    key, base = str(secrets.get("api_key") or ""), str(config.get("webhook_url") or "")
    if not key or not base:
        raise Rejected("the inbox lacks its api_key or its webhook_url")
    parts = _parts(outgoing)
    sent = list(outgoing.already_sent)
    if not parts:
        raise Rejected("the message has neither text nor files")
    for index in range(len(sent), len(parts)):
        headers = bearer(key) | {
            "Content-Type": "application/json",
            "Idempotency-Key": f"streamdesk-{outgoing.message_id}-{index}",
        }
        body = {"recipient_id": outgoing.to, "message": parts[index]}
        try:
            sent.append(await _hand_over(http, base, headers, body))
        except (Rejected, TryAgain, Unknown) as failure:
            failure.sent = tuple(sent)
            raise
    return SendResult(source_id=sent[0], more=tuple(sent[1:]))


async def _hand_over(
    http: httpx.AsyncClient, base: str, headers: dict[str, str], body: dict[str, Any]
) -> str:
    try:
        answer = await http.post(
            f"{base}/messages", content=msgspec.json.encode(body), headers=headers
        )
    except NEVER_ARRIVED as error:
        raise TryAgain(f"{base} cannot be reached: {type(error).__name__}") from error
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        raise Rejected(f"{base} is no URL") from error
    except httpx.TransportError as error:
        raise Unknown(f"{base} did not answer: {type(error).__name__}") from error
    return _id_in(answer)


def _id_in(answer: httpx.Response) -> str:
    said = reason_in(answer)
    if answer.is_success:
        try:
            given = msgspec.json.decode(answer.content[:MOST_OF_AN_ANSWER], type=Accepted)
        except (msgspec.MsgspecError, ValueError):
            raise Rejected(said or "the answer has no message_id", "no_message_id") from None
        message_id = str(given.message_id).strip()
        if not message_id or "\x00" in message_id or len(message_id.encode()) > 1_000:
            raise Rejected(said or "the answer's message_id cannot be kept", "no_message_id")
        return message_id
    status = answer.status_code
    if status in TRY_AGAIN:
        raise TryAgain(said or f"the answer was {status}", _retry_after(answer))
    if answer.is_server_error and said is None:
        # A gateway speaks, not the partner: what stands behind it may have taken the message.
        raise Unknown(f"the answer was {status} without an error")
    raise Rejected(said or f"the answer was {status} without an error", str(status))


def _parts(outgoing: OutgoingMessage) -> list[dict[str, Any]]:
    """The text goes with the first file where there is one; every further file goes alone."""
    if not outgoing.files:
        return [{"type": "text", "content": outgoing.content}] if outgoing.content else []
    return [
        {
            "type": "attachment",
            "content": (outgoing.content or "") if place == 0 else "",
            "attachment_url": _url(file),
            "attachment_type": file.file_type.word,
        }
        for place, file in enumerate(outgoing.files)
    ]


def _url(file: OutgoingFile) -> str:
    if not file.link:
        raise Rejected(f"the file {file.name!r} has no link from which it can be fetched")
    return file.link


def _retry_after(answer: httpx.Response) -> timedelta | None:
    seconds = answer.headers.get("Retry-After", "")
    return timedelta(seconds=min(int(seconds), 86_400)) if seconds.isdigit() else None
