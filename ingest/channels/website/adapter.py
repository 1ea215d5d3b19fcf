"""The website channel of the desk.

Visitors' messages come through the widget's API: the body as the widget sent it, and beside it,
as headers, what the visitor's token and the message's handle said.
"""

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
    OutgoingMessage,
    Proof,
    Rejected,
    Secrets,
    SendResult,
)
from ingest.channels.website.payload import MessageWanted, SayIt
from ingest.json_body import refuse_unless_json
from ingest.storable import storable

VISITOR = "x-visitor"
"""Whose token came with the request: their `source_id`."""
MESSAGE = "x-message-id"
"""The id the desk gave the message: the same again is the same message."""

MAX_REFERER = 2048

_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)


class Website:
    """Visitors' messages through the widget; answers are fetched by it, so that nothing is sent."""

    kind = ChannelKind.WEBSITE
    can = Capabilities(
        attachments=True, receipts=False, sends=False, fetches=False, proof=Proof.NONE
    )
    kept_headers = frozenset({VISITOR, MESSAGE})

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
        try:
            said = msgspec.json.decode(hook.body, type=SayIt).message
        except _UNREADABLE as error:
            reason = str(error).replace("\x00", "")[:200]
            yield InboundParked(f"the request cannot be read: {reason}")
            return
        yield message_of(said, hook.headers.get(VISITOR, ""), hook.headers.get(MESSAGE, ""))

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
        raise Rejected("Visitors' files come with their messages.")
        yield


def message_of(
    said: MessageWanted, visitor: str, source_id: str, files: tuple[InboundFile, ...] = ()
) -> Inbound:
    """The message as the desk takes it, or why it cannot."""
    return storable(
        InboundMessage(
            source_id=source_id,
            sender=visitor,
            content=(said.content or "").strip() or None,
            files=files,
            content_attributes={} if said.reply_to is None else {"in_reply_to": said.reply_to},
            conversation_attributes=_origin(said),
            echo_id=said.echo_id,
        )
    )


def _origin(said: MessageWanted) -> dict[str, object]:
    """Where a conversation that begins here was begun."""
    page = said.referer_url or ""
    if not page.startswith(("http://", "https://")) or "\x00" in page:
        return {}
    return {"referer": page[:MAX_REFERER]}
