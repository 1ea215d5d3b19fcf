"""E-mail as a channel of the desk."""

import hashlib
import hmac
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager

import httpx

from desk.words.channels import ChannelKind, Inbound, InboundFile
from ingest.channel_contract import (
    Capabilities,
    Config,
    FetchedFile,
    Hook,
    OutgoingMessage,
    Rejected,
    Secrets,
    SendResult,
)
from ingest.channels.email import send
from ingest.channels.email.addresses import sender_of, spellings
from ingest.channels.email.enclosed import file_in
from ingest.channels.email.reading import ENVELOPE_FROM, ENVELOPE_TO, read_mail
from ingest.channels.email.structure import TooComplex, parse

SIGNATURE = "x-streamdesk-signature"
LARGEST_MAIL = 25 * 1024 * 1024
HEAD = 256 * 1024
"""Bytes of a mail in which its headers stand."""


class Email:
    """Mails in, whole; answers out through a relay, in the customer's thread."""

    kind = ChannelKind.EMAIL
    can = Capabilities(
        attachments=True,
        receipts=False,
        letters=True,
        fetches=False,
        files_in_hook=True,
        largest_hook=LARGEST_MAIL,
        tries=8,
    )
    kept_headers = frozenset({SIGNATURE, ENVELOPE_TO, ENVELOPE_FROM})

    def addresses(self, given: str) -> tuple[str, ...]:
        return spellings(given)

    def is_genuine(self, hook: Hook, secrets: Secrets) -> bool:
        # A mail server that hands mails in by HTTP may sign them with the inbox's own key; an
        # administrator's token, which the door checks, does as well.
        key = str(secrets.get("hmac_token") or "")
        claimed = hook.headers.get(SIGNATURE, "")
        if not key or not claimed.startswith("sha256="):
            return False
        expected = "sha256=" + hmac.digest(key.encode(), hook.body, hashlib.sha256).hex()
        return hmac.compare_digest(claimed.encode(), expected.encode())

    def challenge(self, query: Mapping[str, str], secrets: Secrets) -> str | None:
        return None

    def ordering_key(self, body: bytes) -> str:
        head = body[:HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        try:
            sender = sender_of(parse(head))
        except (TooComplex, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return ""
        return "" if sender is None else sender.address

    def read(self, hook: Hook, config: Config) -> Iterator[Inbound]:
        return read_mail(hook, config)

    async def send(
        self, http: httpx.AsyncClient, outgoing: OutgoingMessage, secrets: Secrets, config: Config
    ) -> SendResult:
        return await send.send(outgoing, secrets, config)

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
        raise Rejected("the file came with its mail and lies nowhere else")
        yield

    def file_in(self, body: bytes, file: InboundFile, *, max_bytes: int) -> FetchedFile:
        return file_in(body, file, max_bytes=max_bytes)
