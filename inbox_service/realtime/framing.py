"""Websocket frames as bytes, and ActionCable's messages in them."""

from collections.abc import Sequence

import msgspec

from desk.store.feed import Frame

PROTOCOL = "actioncable-v1-json"

WELCOME = b'{"type":"welcome"}'

_TEXT = b"\x81"


def text_frame(payload: bytes) -> bytes:
    """A finished, unmasked text frame, as servers send them."""
    return head(len(payload)) + payload


def head(length: int) -> bytes:
    """What stands before a text payload of that length."""
    if length < 126:
        return _TEXT + length.to_bytes(1, "big")
    if length < 65536:
        return _TEXT + b"\x7e" + length.to_bytes(2, "big")
    return _TEXT + b"\x7f" + length.to_bytes(8, "big")


def cut(tails: Sequence[bytes], prefix_length: int) -> list[bytes]:
    """Pieces which any prefix of that length joins into one whole frame per tail."""
    heads = [head(prefix_length + len(tail)) for tail in tails]
    pieces = [heads[0]]
    pieces.extend(tail + following for tail, following in zip(tails, heads[1:], strict=False))
    pieces.append(tails[-1])
    return pieces


def prefix_of(identifier: str) -> bytes:
    """The beginning of every message to one subscription; the identifier is echoed as it came."""
    return b'{"identifier":' + msgspec.json.encode(identifier) + b',"message":'


def tail_of(frame: Frame) -> bytes:
    """The rest of it, the same for everybody."""
    event = msgspec.json.encode(frame.event)
    place = b"" if frame.position is None else b',"position":%d' % frame.position
    return b'{"event":' + event + b',"data":' + bytes(frame.data) + place + b"}}"


def ping(now: int) -> bytes:
    """The heartbeat by which clients know that the line is alive."""
    return b'{"type":"ping","message":%d}' % now


def confirmation(identifier: str) -> bytes:
    return b'{"identifier":' + msgspec.json.encode(identifier) + b',"type":"confirm_subscription"}'


def rejection(identifier: str) -> bytes:
    return b'{"identifier":' + msgspec.json.encode(identifier) + b',"type":"reject_subscription"}'


def disconnect(reason: str, *, reconnect: bool) -> bytes:
    """The goodbye that makes clients come back, or stay away."""
    return msgspec.json.encode({"type": "disconnect", "reason": reason, "reconnect": reconnect})
