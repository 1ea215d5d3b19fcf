"""What the desk cannot keep is parked with a reason that helps."""

from typing import Any

import msgspec
import pytest

from desk.words.channels import InboundFile, InboundMessage, InboundParked
from desk.words.conversation import FileType
from ingest.storable import storable

MESSAGE = InboundMessage(source_id="wamid.1", sender="16505551234", content="Hello")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"content": "x" * 151_000}, "content is 151,000 characters long; at most 150,000"),
        ({"content": None}, "the message has neither text nor files"),
        ({"source_id": ""}, "the message has no id"),
        ({"source_id": "é" * 501}, "the message's id is longer than 1,000 bytes"),
        ({"sender": ""}, "the message has no sender"),
        ({"sender": "1" * 321}, "the sender's address is longer than 320 characters"),
        ({"content": "a\x00b"}, "content holds a NUL character"),
        ({"sender_name": "\x00"}, "the sender's name holds a NUL character"),
        ({"in_reply_to": "\x00"}, "the quoted id holds a NUL character"),
        (
            {"files": (InboundFile(FileType.FILE, remote_id="1", name="\x00"),)},
            "a file holds a NUL character",
        ),
        (
            {"content_attributes": {"referral": {"list": ["\x00"]}}},
            "content_attributes holds a NUL character",
        ),
        (
            {"files": tuple(InboundFile(FileType.FILE, remote_id=str(n)) for n in range(16))},
            "the message has 16 files; at most 15",
        ),
    ],
)
def test_it_is_parked(changes: dict[str, Any], reason: str) -> None:
    assert storable(msgspec.structs.replace(MESSAGE, **changes)) == InboundParked(reason)


def test_the_longest_text_is_kept() -> None:
    message = msgspec.structs.replace(MESSAGE, content="x" * 150_000)
    assert storable(message) == message


def test_a_very_long_name_is_cut_and_not_parked() -> None:
    kept = storable(msgspec.structs.replace(MESSAGE, sender_name="x" * 300))
    assert isinstance(kept, InboundMessage)
    assert kept.sender_name == "x" * 255


def test_a_file_alone_is_a_message() -> None:
    files = (InboundFile(FileType.IMAGE, remote_id="1"),)
    message = msgspec.structs.replace(MESSAGE, content=None, files=files)
    assert storable(message) == message
