"""Mail addresses and the ids of mails, out of headers that may be anything."""

import re
from collections.abc import Iterable
from email.message import Message
from email.utils import getaddresses
from typing import NamedTuple

from ingest.channels.email.encodings import raw_header, raw_headers, words_of

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]+@[^\s<>()\[\],;:\"@]+")
_IN_BRACKETS = re.compile(r"<\s*([^<>\s]+)\s*>")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_COMMENT = re.compile(r"\([^()]*\)")

MOST_IDS = 50
LONGEST_ID = 900
LONGEST_ADDRESS = 320
LONGEST_LIST = 16_000
"""Characters of a header in which addresses are looked for."""


class Mailbox(NamedTuple):
    """An address, with the name its owner goes by."""

    address: str
    name: str


def mailboxes(raw: str) -> list[Mailbox]:
    """Every address of a header such as To, in lower case."""
    raw = raw[:LONGEST_LIST]
    found = []
    try:
        for name, address in getaddresses([raw]):
            if _ADDRESS.fullmatch(address):
                found.append(Mailbox(address.lower(), words_of(name)))
    except (ValueError, IndexError, TypeError, RecursionError):
        found = []
    if found:
        return found
    plain = words_of(raw)
    return [
        Mailbox(match[0].strip("'.").lower(), plain[: match.start()].strip(" <\"'"))
        for match in _ADDRESS.finditer(plain)
    ]


def sender_of(mail: Message) -> Mailbox | None:
    """Who wrote the mail, by the first header that says so."""
    for header in ("From", "Sender", "Reply-To", "Return-Path"):
        for mailbox in mailboxes(raw_header(mail, header)):
            if len(mailbox.address) <= LONGEST_ADDRESS:
                return mailbox
    return None


def addresses_in(mail: Message, header: str) -> list[str]:
    """The addresses of every header of that name, each once."""
    boxes = (box for raw in raw_headers(mail, header) for box in mailboxes(raw))
    return list(dict.fromkeys(box.address for box in boxes))


def mail_ids(raw: str) -> list[str]:
    """Message-IDs in the order in which they stand, without their angle brackets."""
    raw = _plain(raw)
    found = _IN_BRACKETS.findall(raw)
    if not found:
        # Some programs forget the brackets.
        found = [word for word in _COMMENT.sub(" ", raw).split() if "@" in word and len(word) > 3]
        found = [word.strip("<>,;") for word in found]
    return [one for one in dict.fromkeys(found) if 0 < len(one) <= LONGEST_ID]


def own_id(mail: Message) -> str:
    """The mail's Message-ID; empty when it has none."""
    raw = _plain(raw_header(mail, "Message-ID"))
    return _IN_BRACKETS.sub(r"\1", raw).strip("<> \t") if raw else ""


def _plain(raw: str) -> str:
    # Some programs take a long id for a text and encode it.
    return words_of(raw) if "=?" in raw else raw


def ids_followed(mail: Message) -> tuple[str, ...]:
    """The mails this one answers, nearest first: In-Reply-To, then References from the end."""
    answered = mail_ids(raw_header(mail, "In-Reply-To"))
    before = mail_ids(raw_header(mail, "References"))
    own = own_id(mail)
    nearest_first = dict.fromkeys([*answered[:3], *reversed(before)])
    return tuple(one for one in nearest_first if one != own)[:MOST_IDS]


def spellings(given: str) -> tuple[str, ...]:
    """The addresses under which the inbox may be stored: as given, and without what follows a +."""
    address = given.strip().strip("<>").lower()
    base, _ = split_tag(address)
    return (address,) if base == address else (address, base)


def split_tag(address: str) -> tuple[str, str]:
    """`support+tag@…` as the address and its tag."""
    local, at, domain = address.rpartition("@")
    base, plus, tag = local.partition("+")
    return (f"{base}{at}{domain}", tag) if plus and base else (address, "")


def conversation_named(recipients: Iterable[str], inbox_address: str) -> str | None:
    """The conversation whose uuid stands behind the + of the inbox's address."""
    for recipient in recipients:
        base, tag = split_tag(recipient.strip().strip("<>").lower())
        if _UUID.fullmatch(tag) and (not inbox_address or base == inbox_address):
            return tag
    return None
