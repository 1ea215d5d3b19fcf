"""WhatsApp Business Cloud as a channel of the desk."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any

import httpx
import msgspec

from desk.words.channels import ChannelKind, Inbound, InboundFile
from ingest.channel_contract import (
    Capabilities,
    Config,
    FetchedFile,
    Hook,
    OutgoingMessage,
    Secrets,
    SendResult,
)
from ingest.channels.whatsapp import fetch, reading, send
from ingest.json_body import refuse_unless_json

SIGNATURE = "x-hub-signature-256"


class WhatsApp:
    """Signed hooks in; free messages out, for a day after the customer last wrote."""

    kind = ChannelKind.WHATSAPP
    can = Capabilities(attachments=True, receipts=True, free_reply_within=timedelta(hours=24))
    kept_headers = frozenset({SIGNATURE})

    def addresses(self, given: str) -> tuple[str, ...]:
        digits = given.strip().lstrip("+")
        return (f"+{digits}", digits)

    def is_genuine(self, hook: Hook, secrets: Secrets) -> bool:
        key = str(secrets.get("app_secret") or "")
        claimed = hook.headers.get(SIGNATURE, "")
        if not key or not claimed.startswith("sha256="):
            return False
        expected = "sha256=" + hmac.digest(key.encode(), hook.body, hashlib.sha256).hex()
        return hmac.compare_digest(claimed.encode(), expected.encode())

    def challenge(self, query: Mapping[str, str], secrets: Secrets) -> str | None:
        expected = str(secrets.get("verify_token") or "")
        offered = query.get("hub.verify_token", "")
        if query.get("hub.mode") != "subscribe" or not expected:
            return None
        if not hmac.compare_digest(offered.encode(), expected.encode()):
            return None
        return query.get("hub.challenge", "")

    def ordering_key(self, body: bytes) -> str:
        try:
            return _first_address(msgspec.json.decode(body))
        except reading.UNREADABLE:
            refuse_unless_json(body)
            return ""

    def read(self, hook: Hook, config: Config) -> Iterator[Inbound]:
        return reading.read_body(hook.body, str(config.get("phone_number_id") or ""))

    async def send(
        self, http: httpx.AsyncClient, outgoing: OutgoingMessage, secrets: Secrets, config: Config
    ) -> SendResult:
        return await send.send(http, outgoing, secrets, config)

    def fetch_file(
        self,
        http: httpx.AsyncClient,
        file: InboundFile,
        secrets: Secrets,
        config: Config,
        *,
        max_bytes: int,
    ) -> AbstractAsyncContextManager[FetchedFile]:
        return fetch.fetch_file(http, file, secrets, config, max_bytes=max_bytes)


def _first_address(hook: Any) -> str:
    """The customer of the hook's first message or receipt."""
    for entry in _items(hook, "entry"):
        for change in _items(entry, "changes"):
            value = change.get("value")
            for part, names in (
                ("messages", ("from", "from_user_id")),
                ("statuses", ("recipient_id", "recipient_user_id")),
            ):
                for item in _items(value, part):
                    for name in names:
                        address = item.get(name)
                        if isinstance(address, str) and address and "\x00" not in address:
                            return address.lstrip("+")[:320]
    return ""


def _items(holder: Any, name: str) -> Iterator[dict[str, Any]]:
    items = holder.get(name) if isinstance(holder, dict) else None
    return (
        (item for item in items if isinstance(item, dict)) if isinstance(items, list) else iter(())
    )
