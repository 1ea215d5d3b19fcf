"""The simulated partner: takes the desk's messages, answers its check, and lets customers write."""

import asyncio
import hmac
import secrets
from collections import deque
from datetime import datetime
from typing import Any, Literal

import msgspec

from desk.clock import Clock
from desk.words.errors import DeskError, Invalid, NotFound, Unauthenticated
from ingest.simulators.custom.errands import Errands
from ingest.simulators.custom.ledger import Ledger, Sent

REFUSED_KEYS = "bad-"
"""A key that begins so is never accepted: with it a failing check can be tried."""


class PartnerRefusal(DeskError):
    """A no in the contract's words: a status and an `error`."""

    def __init__(self, status: int, error: str, retry_after: int | None = None) -> None:
        super().__init__("refused", error)
        self.status = status
        self.error = error
        self.retry_after = retry_after


class Fault(msgspec.Struct, frozen=True):
    """What shall go wrong with the next messages."""

    kind: Literal["error", "lose_answer", "no_id"]
    """Refuse with `status` and `error`; take it and never answer; take it and answer without id."""
    status: int = 422
    error: str = "recipient does not exist"
    times: int = 1


class CustomerMessage(msgspec.Struct, frozen=True):
    """What a customer of the partner writes."""

    api_key: str
    """Whose inbox it goes to."""
    content: str | None = None
    attachments: list[dict[str, str]] = msgspec.field(default_factory=list)
    name: str | None = None
    email: str | None = None
    phone_number: str | None = None
    id: str | None = None


class Partner:
    """A server with as many inboxes of the desk as there are keys."""

    def __init__(self, ledger: Ledger, errands: Errands, clock: Clock) -> None:
        self.ledger = ledger
        self._errands = errands
        self._clock = clock
        self._faults: deque[Fault] = deque()
        self.files: dict[str, tuple[str, bytes]] = {}

    def announce(self, key: str, webhook_url: str) -> None:
        """Serve this key, whose customers' messages go to this address; harmless when repeated."""
        self.ledger.know(key, webhook_url)

    def set_faults(self, fault: Fault) -> None:
        """Let the next messages go wrong."""
        self._faults.extend([fault] * fault.times)

    def validate(self, authorization: str) -> dict[str, Any]:
        """The connection check: a key is accepted when it is shown for the first time."""
        key = self._key(authorization)
        if key.startswith(REFUSED_KEYS):
            raise PartnerRefusal(401, "unknown key")
        self.ledger.know(key)
        return {"status": "ok", "idempotency_keys": True}

    async def take(
        self, authorization: str, once: str | None, request: dict[str, Any]
    ) -> dict[str, Any]:
        """Accept a message of the desk; raises PartnerRefusal."""
        key = self._key(authorization)
        if not self.ledger.knows(key):
            raise PartnerRefusal(401, "unknown key")
        to = _recipient_of(request)
        if once and (before := self.ledger.answered(key, once)) is not None:
            return {"message_id": before}
        fault = self._faults.popleft() if self._faults else None
        if fault is not None and fault.kind == "error":
            waits = 1 if fault.status in (429, 503) else None
            raise PartnerRefusal(fault.status, fault.error, waits)
        message_id = f"cm_{secrets.token_hex(12)}"
        self.ledger.accept(key, once, message_id, Sent(self._clock.now(), to, request))
        if fault is not None and fault.kind == "lose_answer":
            await asyncio.sleep(120)
        return {} if fault is not None else {"message_id": message_id}

    def customer_writes(self, customer: str, written: CustomerMessage) -> str:
        """A customer writes; the message's id. Written again, it is not sent again."""
        webhook_url = self.ledger.webhook_of(written.api_key)
        if webhook_url is None:
            raise NotFound("unknown_key", "No inbox was announced with this key.")
        if not written.content and not written.attachments:
            raise Invalid("nothing_said", "Give content or attachments.", field="content")
        message_id = written.id or f"in_{secrets.token_hex(12)}"
        said: dict[str, Any] = {"type": "text", "content": written.content}
        if written.attachments:
            said["attachments"] = written.attachments
        sender = {
            "id": customer,
            "name": written.name,
            "email": written.email,
            "phone_number": written.phone_number,
        }
        body = msgspec.json.encode(
            {
                "message_id": message_id,
                "sender": {name: value for name, value in sender.items() if value is not None},
                "message": said,
            }
        )
        errand = self.ledger.write(written.api_key, message_id, webhook_url, body)
        if errand is not None:
            self._errands.run(errand)
        return message_id

    def keep_file(self, name: str, mime_type: str, content: bytes) -> None:
        """Put a customer's file where the desk can fetch it."""
        self.files[name] = (mime_type, content)

    def now(self) -> datetime:
        return self._clock.now()

    def _key(self, authorization: str) -> str:
        scheme, _, key = authorization.partition(" ")
        if not hmac.compare_digest(scheme.lower().encode(), b"bearer") or not key.strip():
            raise Unauthenticated("no_key", "Authorization: Bearer <api_key> is missing.")
        return key.strip()


def _recipient_of(request: dict[str, Any]) -> str:
    to, message = request.get("recipient_id"), request.get("message")
    if not isinstance(to, str) or not to:
        raise PartnerRefusal(422, "recipient_id is missing")
    if not isinstance(message, dict):
        raise PartnerRefusal(422, "message is missing")
    match message.get("type"):
        case "text":
            if not message.get("content"):
                raise PartnerRefusal(422, "message.content is missing")
        case "attachment":
            if not message.get("attachment_url") or not message.get("attachment_type"):
                raise PartnerRefusal(422, "message.attachment_url is missing")
        case _:
            raise PartnerRefusal(422, "message.type must be text or attachment")
    return to
