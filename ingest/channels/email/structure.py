"""A mail's tree of parts: which are its words, which are its files."""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import Message
from typing import Any, NamedTuple

import msgspec

from desk.words.channels import InboundFile
from desk.words.conversation import FileType
from ingest.channels.email.encodings import storable_text, text_of, words_of
from ingest.channels.email.html_text import text_from_html

MOST_PARTS = 300
LONGEST_PART_HEADER = 16_000
_PART_HEADER = re.compile(
    rb"^content-(?:type|disposition):[^\n]*(?:\n[ \t][^\n]*)*", re.IGNORECASE | re.MULTILINE
)
SIGNATURES = {
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-keys",
}
"""Parts that programs check and nobody reads."""


class TooComplex(Exception):
    """Nobody writes a mail like this."""


class Body(msgspec.Struct):
    """A mail's words, as they were written and as HTML, and its files."""

    text: list[str] = msgspec.field(default_factory=list)
    html: list[str] = msgspec.field(default_factory=list)
    files: list[InboundFile] = msgspec.field(default_factory=list)

    def words(self) -> str:
        """The text of all parts, one below the other."""
        return "\n\n".join(text.strip("\r\n") for text in self.text if text.strip())


class Place(NamedTuple):
    """A part with its number in the order of the whole tree."""

    number: int
    part: Message


def parse(body: bytes) -> Message:
    """The tree; raises TooComplex rather than be kept busy by it."""
    if body.lower().count(b"boundary") > MOST_PARTS:
        raise TooComplex(f"the mail has more than {MOST_PARTS} nested parts")
    if any(len(header[0]) > LONGEST_PART_HEADER for header in _PART_HEADER.finditer(body)):
        raise TooComplex(f"a header of a part is longer than {LONGEST_PART_HEADER:,} bytes")
    try:
        return email.message_from_bytes(body, policy=email.policy.compat32)
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise TooComplex(f"the mail's parts cannot be told apart: {type(error).__name__}") from None


def places(mail: Message) -> Iterator[Place]:
    """Every part, numbered as `part_of` finds it; those of an enclosed mail count as one."""
    waiting = [mail]
    number = 0
    while waiting:
        part = waiting.pop()
        yield Place(number, part)
        number += 1
        if number > MOST_PARTS:
            raise TooComplex(f"the mail has more than {MOST_PARTS} parts")
        if is_branch(part):
            waiting.extend(reversed(children(part)))


def part_of(mail: Message, number: int) -> Message | None:
    """The part with that number."""
    return next((part for place, part in places(mail) if place == number), None)


def body_of(mail: Message) -> Body:
    """What the mail says and brings."""
    numbers = {id(part): number for number, part in places(mail)}
    return _read(mail, numbers)


def children(part: Message) -> list[Message]:
    """The parts of a part that has some."""
    payload: Any = part.get_payload()
    return [child for child in payload if isinstance(child, Message)]


def is_branch(part: Message) -> bool:
    """Whether it consists of parts that are ours to look at."""
    return part.get_content_maintype() == "multipart" and isinstance(part.get_payload(), list)


def content_of(part: Message) -> bytes:
    """The bytes of a file; an enclosed mail is written out again."""
    if part.get_content_maintype() == "message" and isinstance(part.get_payload(), list):
        return b"".join(child.as_bytes() for child in children(part))
    try:
        payload = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError):
        payload = str(part.get_payload()).encode("utf-8", "surrogateescape")
    return payload if isinstance(payload, bytes) else b""


def _read(part: Message, numbers: dict[int, int]) -> Body:
    if not is_branch(part):
        return _leaf(part, numbers[id(part)])
    branches = [_read(child, numbers) for child in children(part)]
    files = [file for branch in branches for file in branch.files]
    if part.get_content_subtype() == "alternative":
        # The same said several ways: the plain one is taken where it says anything at all.
        said = [branch for branch in branches if branch.words()]
        plain = [branch for branch in said if not branch.html] or said
        html = next((branch.html for branch in reversed(branches) if branch.html), [])
        return Body(plain[-1].text if plain else [], html, files)
    return Body(
        [text for branch in branches for text in branch.text],
        [html for branch in branches for html in branch.html],
        files,
    )


def _leaf(part: Message, number: int) -> Body:
    kind = part.get_content_type()
    name = file_name(part)
    if kind in SIGNATURES or (kind == "message/delivery-status" and not name):
        return Body()
    if name is None and _disposition(part) != "attachment" and kind.startswith("text/"):
        text = text_of(content_of(part), _charset(part))
        if kind == "text/html":
            return Body([text_from_html(text)], [text])
        if kind not in ("text/calendar", "text/x-vcard", "text/vcard", "text/rfc822-headers"):
            return Body([text.replace("\r\n", "\n")])
    return Body(files=[_file(part, number, name)])


def _file(part: Message, number: int, name: str | None) -> InboundFile:
    kind = part.get_content_type()
    return InboundFile(
        _FILE_TYPES.get(kind.partition("/")[0], FileType.FILE),
        remote_id=str(number),
        mime_type=storable_text(kind)[:200],
        name=name or _invented_name(kind, number),
        in_hook=True,
    )


_FILE_TYPES = {"image": FileType.IMAGE, "audio": FileType.AUDIO, "video": FileType.VIDEO}


def file_name(part: Message) -> str | None:
    """The name a part gives itself, without any folder."""
    try:
        name = part.get_filename()
    except (ValueError, LookupError, TypeError, AttributeError):
        return None
    if not isinstance(name, str):
        return None
    cleaned = words_of(name.encode("utf-8", "replace").decode()).replace("\\", "/")
    return cleaned.rpartition("/")[2].strip()[:255] or None


def _invented_name(kind: str, number: int) -> str:
    if kind == "message/rfc822":
        return f"mail-{number}.eml"
    extension = kind.partition("/")[2].partition("+")[0]
    plain = extension if extension.isascii() and extension.isalnum() else "bin"
    return f"part-{number}.{plain}"


def _charset(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _disposition(part: Message) -> str:
    try:
        return part.get_content_disposition() or ""
    except (ValueError, LookupError, TypeError, AttributeError):
        return ""
