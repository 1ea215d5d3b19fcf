"""The simulated platform: takes the desk's messages, reports on them, and lets customers write."""

import asyncio
import hashlib
import hmac
import secrets
from collections import defaultdict, deque
from datetime import datetime, timedelta
from typing import Any, Literal

import httpx
import msgspec

from desk.clock import Clock
from desk.words.errors import Invalid, NotFound, Upstream
from ingest.simulators.whatsapp.delivery import Delivery
from ingest.simulators.whatsapp.graph_errors import (
    BAD_TOKEN,
    NO_TOKEN,
    PROBLEMS,
    UNDELIVERABLE,
    WINDOW_CLOSED,
    GraphProblem,
    GraphRefusal,
    no_such_object,
)
from ingest.simulators.whatsapp.hooks import message_hook, message_id, receipt_hook
from ingest.simulators.whatsapp.ledger import Ledger, Media, Number, Pace, PendingHook, Sent
from ingest.simulators.whatsapp.outgoing import check_message, recipient_of

WINDOW = timedelta(hours=24)
FAIL_WITH = (UNDELIVERABLE, WINDOW_CLOSED)
"""A customer whose number ends in one of these codes never gets a message, for that reason."""


class Fault(msgspec.Struct, frozen=True):
    """What shall go wrong with the next sends of a number."""

    kind: Literal["error", "lose_answer", "bad_gateway"]
    """Refuse with `code`; or take the message and never answer; or answer as a broken gateway."""
    code: int = 130429
    times: int = 1


class Answer(msgspec.Struct, frozen=True):
    """The answer to a message that was taken, and whether it may be given."""

    body: dict[str, Any]
    fault: Fault | None = None


class CustomerMessage(msgspec.Struct, frozen=True):
    """What a customer writes: a text, an image, or any other part as Meta's hooks have it."""

    to_phone_number_id: str
    text: str | None = None
    image: dict[str, Any] | None = None
    message: dict[str, Any] | None = None
    name: str | None = None
    id: str | None = None
    in_reply_to: str | None = None


class WhatsAppPlatform:
    """Meta, as far as one desk can tell."""

    def __init__(
        self, ledger: Ledger, delivery: Delivery, http: httpx.AsyncClient, clock: Clock
    ) -> None:
        self.ledger = ledger
        self._delivery = delivery
        self._http = http
        self._clock = clock
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)

    async def register(self, number: Number) -> None:
        """Take a number, once its webhook has answered the challenge; raises Upstream."""
        challenge = str(secrets.randbelow(10**10))
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": number.verify_token,
        }
        try:
            answer = await self._http.get(number.webhook_url, params=query)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Upstream(
                "webhook_unreachable", f"The webhook cannot be reached: {type(error).__name__}."
            ) from error
        if not answer.is_success or answer.text != challenge:
            raise Upstream(
                "webhook_not_verified",
                f"The webhook answered {answer.status_code} and not with the challenge.",
            )
        self.ledger.put_number(number)

    def set_faults(self, phone_number_id: str, fault: Fault) -> None:
        """Let the next sends go wrong."""
        if fault.kind == "error" and fault.code not in PROBLEMS:
            raise Invalid("unknown_code", f"Known codes: {', '.join(map(str, sorted(PROBLEMS)))}.")
        self._faults[phone_number_id].extend([fault] * fault.times)

    def set_pace(self, pace: Pace) -> None:
        self.ledger.put_pace(pace)

    def owner_of(self, authorization: str, query_token: str | None = None) -> list[Number]:
        """The numbers an access token may use; raises GraphRefusal."""
        token = authorization.removeprefix("Bearer ").strip() or (query_token or "")
        if not token:
            raise GraphRefusal(NO_TOKEN)
        numbers = [
            number
            for number in self.ledger.numbers()
            if hmac.compare_digest(number.access_token.encode(), token.encode())
        ]
        if not numbers:
            raise GraphRefusal(BAD_TOKEN)
        return numbers

    def number_for(self, phone_number_id: str, numbers: list[Number]) -> Number:
        """The number of this id among those the token may use; raises GraphRefusal."""
        for number in numbers:
            if number.phone_number_id == phone_number_id:
                return number
        raise GraphRefusal(no_such_object(phone_number_id))

    def take_message(self, number: Number, request: dict[str, Any]) -> Answer:
        """Accept a message and promise its receipts; raises GraphRefusal."""
        faults = self._faults[number.phone_number_id]
        fault = faults.popleft() if faults else None
        if fault is not None and fault.kind == "error":
            raise GraphRefusal(PROBLEMS[fault.code])
        check_message(request, media_exists=lambda id_: self.ledger.media(id_) is not None)
        to = recipient_of(request)
        now = self._clock.now()
        source_id = message_id(to, secrets.token_hex(16), outgoing=True)
        receipts = self._receipts(number, request, source_id, to, now)
        for hook in self.ledger.accept_send(Sent(now, to, request), receipts):
            self._delivery.enqueue(hook)
        address = {"user_id": to} if "recipient" in request else {"wa_id": to}
        given = request.get("to") or request.get("recipient")
        return Answer(
            {
                "messaging_product": "whatsapp",
                "contacts": [{"input": given, **address}],
                "messages": [{"id": source_id}],
            },
            fault,
        )

    def take_media(self, mime_type: str, content: bytes) -> Media:
        """Keep a file, from the desk or from a customer."""
        media = Media(
            id=str(10**15 + secrets.randbelow(9 * 10**15)),
            mime_type=mime_type,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
        )
        self.ledger.put_media(media, content)
        return media

    def customer_writes(self, customer: str, written: CustomerMessage) -> str:
        """A customer writes to a number; the message's id. Written again, it is not sent again."""
        number = self.ledger.number(written.to_phone_number_id)
        if number is None:
            raise NotFound("unknown_number", "There is no such phone number id here.")
        now = self._clock.now()
        customer = customer.lstrip("+")
        unique = written.id or secrets.token_hex(16)
        source_id = (
            unique if unique.startswith("wamid.") else message_id(customer, unique, outgoing=False)
        )
        message: dict[str, Any] = {
            "from": customer,
            "id": source_id,
            "timestamp": str(int(now.timestamp())),
            **self._said(written),
        }
        if written.in_reply_to:
            business = number.phone_number.lstrip("+")
            message = {"context": {"from": business, "id": written.in_reply_to}, **message}
        hook = PendingHook(
            phone_number_id=number.phone_number_id,
            lane=f"{number.phone_number_id}:{customer}",
            due_at=now,
            body=message_hook(number, message, customer=customer, name=written.name),
        )
        pending = self.ledger.accept_customer_message(source_id, customer, hook)
        if pending is not None:
            self._delivery.enqueue(pending)
        return source_id

    def _said(self, written: CustomerMessage) -> dict[str, Any]:
        if written.message is not None:
            return written.message
        if written.image is not None:
            media = self.take_media("image/png", _DOT)
            image = {"mime_type": media.mime_type, "sha256": media.sha256, "id": media.id}
            return {"type": "image", "image": {**image, **written.image}}
        if written.text is not None:
            return {"type": "text", "text": {"body": written.text}}
        raise Invalid("nothing_said", "Give text, image or message.")

    def _receipts(
        self, number: Number, request: dict[str, Any], source_id: str, to: str, now: datetime
    ) -> list[PendingHook]:
        pace = self.ledger.pace()
        mark = request.get("biz_opaque_callback_data")
        problem = self._problem(number, request, to, now)
        steps = (
            [("failed", pace.sent_after, problem)]
            if problem is not None
            else [
                ("sent", pace.sent_after, None),
                ("delivered", pace.delivered_after, None),
                ("read", pace.read_after, None),
            ]
        )
        hooks = []
        for status, after, why in steps:
            if after is not None:
                at = now + timedelta(seconds=after)
                body = receipt_hook(
                    number, source_id, status, recipient=to, at=at, mark=mark, problem=why
                )
                hooks.append(PendingHook(number.phone_number_id, source_id, at, body))
        return hooks

    def _problem(
        self, number: Number, request: dict[str, Any], to: str, now: datetime
    ) -> GraphProblem | None:
        for problem in FAIL_WITH:
            if to.endswith(str(problem.code)):
                return problem
        wrote_at = self.ledger.last_wrote(number.phone_number_id, to)
        late = wrote_at is not None and now - wrote_at > WINDOW
        return WINDOW_CLOSED if late and request.get("type") != "template" else None

    async def never_answer(self) -> None:
        """What a request waits for whose answer gets lost."""
        await asyncio.sleep(120)


_DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000b4944415478da63"
    "6000020000050001e9fadcd80000000049454e44ae426082"
)
"""The smallest picture: one transparent point, as PNG."""
