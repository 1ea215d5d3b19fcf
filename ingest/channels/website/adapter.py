"""The website channel of the desk.

Visitors write through the widget's own API, which reads their messages with `message_of`. A site's
server may also hand in what a visitor said, as a hook signed with the inbox's `hmac_token`.
"""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager

import httpx
import msgspec

from desk.words.channels import ChannelKind, Inbound, InboundFile, InboundMessage, InboundParked
from ingest.channel_contract import (
    Capabilities,
    Config,
    FetchedFile,
    Hook,
    NotReadable,
    OutgoingMessage,
    Rejected,
    Secrets,
    SendResult,
)
from ingest.storable import storable

SIGNATURE = "x-streamdesk-signature"
_UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class Visitor(msgspec.Struct, frozen=True):
    """Who wrote."""

    id: str
    """The visitor's address: the `source_id` of the widget's token."""
    name: str | None = None
    email: str | None = None
    phone_number: str | None = None


class Said(msgspec.Struct, frozen=True):
    """What they wrote."""

    id: str
    """Unique within the inbox: the same id again is the same message."""
    content: str | None = None
    in_reply_to: str | None = None


class WebsiteHook(msgspec.Struct, frozen=True):
    """One message of a visitor."""

    sender: Visitor
    message: Said


class Website:
    """Visitors' messages in; answers are fetched by the widget, so that nothing is sent."""

    kind = ChannelKind.WEBSITE
    can = Capabilities(attachments=True, receipts=False, sends=False)
    kept_headers = frozenset({SIGNATURE})

    def addresses(self, given: str) -> tuple[str, ...]:
        return (given,)

    def is_genuine(self, hook: Hook, secrets: Secrets) -> bool:
        key = str(secrets.get("hmac_token") or "")
        claimed = hook.headers.get(SIGNATURE, "")
        if not key or not claimed.startswith("sha256="):
            return False
        expected = "sha256=" + hmac.digest(key.encode(), hook.body, hashlib.sha256).hex()
        return hmac.compare_digest(claimed.encode(), expected.encode())

    def challenge(self, query: Mapping[str, str], secrets: Secrets) -> str | None:
        return None

    def ordering_key(self, body: bytes) -> str:
        try:
            sender = msgspec.json.decode(body, type=WebsiteHook).sender.id
        except _UNREADABLE:
            return _only_if_json(body)
        return "" if "\x00" in sender else sender[:320]

    def read(self, hook: Hook, config: Config) -> Iterator[Inbound]:
        try:
            read = msgspec.json.decode(hook.body, type=WebsiteHook)
        except _UNREADABLE as error:
            yield InboundParked(f"not a visitor's message: {str(error)[:200]}")
            return
        yield message_of(read)

    async def send(
        self, http: httpx.AsyncClient, outgoing: OutgoingMessage, secrets: Secrets, config: Config
    ) -> SendResult:
        raise Rejected("Visitors fetch their messages; nothing is sent to them.")

    @asynccontextmanager
    async def fetch_file(
        self,
        http: httpx.AsyncClient,
        file: InboundFile,
        secrets: Secrets,
        config: Config,
        *,
        max_bytes: int,
    ) -> AsyncIterator[FetchedFile]:
        raise Rejected("Visitors' files are stored as they come; there is nothing to fetch.")
        yield  # pragma: no cover


def message_of(hook: WebsiteHook, files: tuple[InboundFile, ...] = ()) -> Inbound:
    """The message as the desk takes it, or why it cannot."""
    sender, said = hook.sender, hook.message
    return storable(
        InboundMessage(
            source_id=said.id,
            sender=sender.id,
            content=said.content,
            sender_name=sender.name,
            sender_phone=sender.phone_number,
            sender_email=sender.email,
            in_reply_to=said.in_reply_to,
            files=files,
        )
    )


def _only_if_json(body: bytes) -> str:
    try:
        json.loads(body.decode())
    except (ValueError, RecursionError):
        raise NotReadable("The body must be JSON in UTF-8.") from None
    return ""
