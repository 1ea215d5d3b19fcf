"""What a delivery costs beside the kernel's part; `make bench ONLY=sockets` has all of it."""

import time

import msgspec

from desk.access.audience import Viewer
from desk.store.feed import Frame
from desk.words.ids import AccountId, UserId
from desk.words.people import Role
from inbox_service.realtime.peer import Peer
from inbox_service.realtime.room import Room

SOCKETS = 500
ACCOUNT = AccountId(1)
AT_MOST_MICROSECONDS = 2.0
"""Measured: 0.15 to 0.25."""


def crowd() -> tuple[Room, list[bytes]]:
    """A room whose listeners write down what they are told."""
    room = Room(ACCOUNT)
    written: list[bytes] = []
    for number in range(SOCKETS):
        viewer = Viewer(ACCOUNT, UserId(number), Role.AGENT, frozenset({7}))
        room.join(
            Peer(
                viewer,
                f'{{"channel":"RoomChannel","user_id":{number:04}}}',
                token="t",
                cookie=None,
                write=written.append,
                shut=lambda _reason, _reconnect: None,
            )
        )
    return room, written


def frames(count: int) -> list[Frame]:
    data = msgspec.Raw(msgspec.json.encode({"account_id": 1, "content": "x" * 560}))
    return [
        Frame("message.created", data, inbox_id=7, position=1000 + place) for place in range(count)
    ]


def test_whatever_one_read_brought_is_one_write_a_socket() -> None:
    room, written = crowd()
    assert room.deliver(frames(8)) == 8 * SOCKETS
    assert len(written) == SOCKETS
    assert len({len(one) for one in written}) == 1
    assert all(one.count(b'"event":"message.created"') == 8 for one in written)
    # Another audience in between: the order is kept, and so it takes more writes.
    written.clear()
    for_one = msgspec.structs.replace(frames(1)[0], user_id=3)
    room.deliver([*frames(2), for_one, *frames(2)])
    assert len(written) == 2 * SOCKETS + 1


def test_our_part_of_a_delivery_stays_small() -> None:
    room, written = crowd()
    one = frames(1)
    room.deliver(one)
    best = float("inf")
    for _ in range(5):
        began = time.process_time()
        for _ in range(40):
            written.clear()
            room.deliver(one)
        best = min(best, (time.process_time() - began) / (40 * SOCKETS) * 1e6)
    assert best < AT_MOST_MICROSECONDS
