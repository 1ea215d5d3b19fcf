"""Mails that mean harm: each is read or parked in the time its length allows."""

import time

import pytest

from desk.words.channels import InboundMessage, InboundParked
from ingest.channel_contract import RawHook
from ingest.channels.email.adapter import Email
from ingest.channels.email.encodings import words_of
from ingest.channels.email.quoting import split

HEAD = b"From: a@b.example\nMessage-ID: <x@b.example>\n"
HTML = HEAD + b"Content-Type: text/html\n\n"


def nested(depth: int) -> bytes:
    parts = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth)
    )
    return HEAD + parts.encode() + b"\nhello\n"


HOSTILE = {
    "quotations without end": HEAD + b"\n" + (b"> " * 90 + b"\n") * 3_000,
    "introductions without end": HEAD + b"\n" + (b"On " + b"a " * 200 + b"\n") * 2_000,
    "headers in the text": HEAD + b"\n" + b"From: x\nSent: y\n" * 20_000,
    "comments that never end": HTML + b"<!--" * 100_000,
    "tags that never end": HTML + b"<a " * 100_000,
    "quotes that never end": HTML + b'<a "<a "' * 50_000,
    "deep HTML": HTML + b"<div><blockquote>" * 30_000 + b"x",
    "entities": HTML + b"&#" * 200_000,
    "deep parts": nested(250),
    "deeper parts": nested(5_000),
    "references": HEAD + b"References: " + b"<a@b> " * 100_000 + b"\n\nx",
    "comments in an address": b"From: " + b"(" * 200_000 + b"\n\nx",
    "addresses": b"From: " + b"a@" * 200_000 + b"\n\nx",
    "encoded words": HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 50_000 + b"\n\nx",
    "headers": HEAD + b"X-A: b\n" * 100_000 + b"\nx",
    "parameters": HEAD + b"Content-Type: text/plain" + b";a=b" * 1_000_000 + b"\n\nx",
    "parts": HEAD + b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n\na\n" * 20_000,
    "length": HEAD + b"\n" + b"hello world, this is text\n" * 400_000,
}


@pytest.mark.parametrize("name", list(HOSTILE))
def test_no_mail_keeps_the_reader_busy(name: str) -> None:
    began = time.process_time()
    reading = list(Email().read(RawHook({}, HOSTILE[name]), {"email": "support@desk.example"}))
    key = Email().ordering_key(HOSTILE[name])
    assert time.process_time() - began < 4
    assert len(reading) == 1
    assert isinstance(reading[0], InboundMessage | InboundParked)
    assert isinstance(key, str)


def test_a_word_that_is_wrongly_encoded_stays_as_it_was_sent() -> None:
    assert words_of("=?iso-2022-jp?B?GyRCMlKKhsoQg==?=") == "=?iso-2022-jp?B?GyRCMlKKhsoQg==?="


def test_a_text_without_quotations_is_all_new() -> None:
    assert split("One.\n\nTwo.") == ("One.\n\nTwo.", "")


def test_a_text_that_is_all_quoted_stays_whole() -> None:
    assert split("> One.\n> Two.") == ("> One.\n> Two.", "")


@pytest.mark.parametrize(
    "introduction",
    [
        "On Tue, 24 Nov 2026 at 09:12, Priya <p@x.example> wrote:",
        "Am 24.11.2026 um 09:12 schrieb Priya <p@x.example>:",
        "Le mar. 24 nov. 2026 à 09:12, Priya <p@x.example> a écrit :",
        "El mar, 24 nov 2026 a las 09:12, Priya (<p@x.example>) escribió:",
        "Priya writes:",
    ],
)
def test_what_follows_an_introduction_is_quoted(introduction: str) -> None:
    new, old = split(f"Thank you.\n\n{introduction}\n> Your bag is here.")
    assert new == "Thank you."
    assert old.startswith(introduction)
