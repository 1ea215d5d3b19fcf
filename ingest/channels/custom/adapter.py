"""The custom channel of the desk: any server that keeps the contract of four requests."""

import hmac
from collections.abc import Iterator, Mapping
from contextlib import AbstractAsyncContextManager

import httpx

from desk.words.channels import ChannelKind, Inbound, InboundFile
from ingest.channel_contract import (
    Capabilities,
    Config,
    FetchedFile,
    Hook,
    OutgoingMessage,
    Proof,
    Secrets,
    SendResult,
)
from ingest.channels.custom import fetch, reading, send

KEY = "authorization"


class Custom:
    """Messages in and out with one key; texts, images and files; no receipts."""

    kind = ChannelKind.CUSTOM
    can = Capabilities(attachments=True, receipts=False, proof=Proof.KEY, tries=4)
    kept_headers: frozenset[str] = frozenset()
    """The only header that matters is the key, and it is not written down."""

    def addresses(self, given: str) -> tuple[str, ...]:
        return (given,)

    def is_genuine(self, hook: Hook, secrets: Secrets) -> bool:
        key = str(secrets.get("api_key") or "")
        scheme, _, offered = hook.headers.get(KEY, "").partition(" ")
        if not key or scheme.lower() != "bearer":
            return False
        return hmac.compare_digest(offered.strip().encode(), key.encode())

    def challenge(self, query: Mapping[str, str], secrets: Secrets) -> str | None:
        return None

    def check(self, body: bytes) -> None:
        """Raises NotReadable, or FieldRefused naming the field."""
        reading.checked(reading.decoded(body))

    def ordering_key(self, body: bytes) -> str:
        return reading.sender_in(body)

    def read(self, hook: Hook, config: Config) -> Iterator[Inbound]:
        return reading.read_body(hook.body)

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
