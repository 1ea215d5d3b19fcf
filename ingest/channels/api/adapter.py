"""The API channel of the desk.

Customers' messages come through the public API: the body as the client sent it, and beside it,
as headers, what the address of the request said.
"""

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
from ingest.channels.api import callback, reading
from ingest.json_body import refuse_unless_json


class Api:
    """Customers' messages through our own API; answers to the inbox's callback address."""

    kind = ChannelKind.API
    can = Capabilities(
        attachments=True,
        receipts=False,
        fetches=False,
        proof=Proof.NONE,
        wants_notice=True,
        repeats_harmless=True,
        tries=8,
    )
    kept_headers = reading.KEPT

    def addresses(self, given: str) -> tuple[str, ...]:
        return (given,)

    def is_genuine(self, hook: Hook, secrets: Secrets) -> bool:
        return False

    def challenge(self, query: Mapping[str, str], secrets: Secrets) -> str | None:
        return None

    def ordering_key(self, body: bytes) -> str:
        refuse_unless_json(body)
        return ""

    def read(self, hook: Hook, config: Config) -> Iterator[Inbound]:
        return reading.read(hook)

    async def send(
        self, http: httpx.AsyncClient, outgoing: OutgoingMessage, secrets: Secrets, config: Config
    ) -> SendResult:
        return await callback.send(http, outgoing, secrets, config)

    def fetch_file(
        self,
        http: httpx.AsyncClient,
        file: InboundFile,
        secrets: Secrets,
        config: Config,
        *,
        max_bytes: int,
    ) -> AbstractAsyncContextManager[FetchedFile]:
        return reading.nothing_to_fetch()
