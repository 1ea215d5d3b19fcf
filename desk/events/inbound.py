"""The record on `channel.inbound`: a provider's raw hook, as the journal keeps it."""

from datetime import datetime

import msgspec

from desk.words.channels import ChannelKind
from desk.words.ids import AccountId, InboundId, InboxId


class InboundHook(msgspec.Struct, frozen=True):
    """Raw bytes from a provider with the headers we kept and whose door they came through."""

    id: InboundId
    account_id: AccountId
    inbox_id: InboxId
    channel: ChannelKind
    received_at: datetime
    headers: dict[str, str]
    body: bytes
    in_journal: bool = False
    """The body is too large for a record: it is empty here and stands in the journal."""


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(InboundHook)


def encode(hook: InboundHook) -> bytes:
    """The record's bytes (MessagePack, since the body may be any bytes)."""
    return _encoder.encode(hook)


def decode(raw: bytes) -> InboundHook:
    """Raises msgspec.DecodeError when the bytes are not a hook of ours."""
    return _decoder.decode(raw)
