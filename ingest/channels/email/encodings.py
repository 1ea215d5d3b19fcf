"""Bytes and headers as the world sends them, made into text that can be stored."""

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message

_ALIASES = {
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "x-gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "x-mac-roman": "mac_roman",
    "utf8": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
}
"""What senders say and what they mean."""

_VAGUE = {
    "",
    "us-ascii",
    "ascii",
    "iso-8859-1",
    "latin-1",
    "latin1",
    "windows-1252",
    "unknown-8bit",
}
"""Charsets that programs claim without looking: UTF-8 under them is recognised as such."""

LONGEST_HEADER = 64_000
"""Characters of a header that are looked at."""

_NOT_TEXT = re.compile(r"[\x00\ud800-\udfff]")
_ENCODED_WORDS_APART = re.compile(r"(\?=)\s+(=\?)")


def text_of(raw: bytes, charset: str | None) -> str:
    """The bytes as text: in the charset they claim, in what they evidently are, or the best of it."""
    claimed = (charset or "").strip().strip("\"'").lower()
    if claimed in _VAGUE and not raw.isascii():
        decoded = _decoded(raw, "utf-8")
        if decoded is not None:
            return storable_text(decoded)
    name = _ALIASES.get(claimed, claimed) or "utf-8"
    for candidate in (name, "utf-8"):
        decoded = _decoded(raw, candidate)
        if decoded is not None:
            return storable_text(decoded)
    fallback = name if _is_text_codec(name) and claimed not in _VAGUE else "cp1252"
    return storable_text(raw.decode(fallback, "replace"))


def storable_text(text: str) -> str:
    """Without what no database keeps: NULs, and halves of characters."""
    return _NOT_TEXT.sub(lambda found: "" if found[0] == "\x00" else "\ufffd", text)


def raw_header(mail: Message, name: str) -> str:
    """The header's text as it was sent, unfolded; empty when there is none."""
    wanted = name.lower()
    for given, value in mail.raw_items():
        if given.lower() == wanted:
            return _unfolded(value)
    return ""


def raw_headers(mail: Message, name: str) -> list[str]:
    """Every header of that name."""
    wanted = name.lower()
    return [_unfolded(value) for given, value in mail.raw_items() if given.lower() == wanted]


def words_of(raw: str) -> str:
    """A header's text with its encoded words read; what cannot be read stays as it was sent."""
    if "=?" not in raw:
        return storable_text(raw).strip()
    try:
        parts = decode_header(_ENCODED_WORDS_APART.sub(r"\1 \2", raw))
        read = "".join(
            part if isinstance(part, str) else text_of(part, charset) for part, charset in parts
        )
    except (HeaderParseError, ValueError, LookupError, AssertionError, TypeError):
        read = raw
    return " ".join(storable_text(read).split())


def _unfolded(value: object) -> str:
    # Python keeps 8-bit headers as surrogates: they are bytes of an unnamed charset.
    raw = str(value)[:LONGEST_HEADER].encode("utf-8", "surrogateescape")
    return re.sub(r"\r?\n[ \t]*", " ", text_of(raw, None)).strip()


def _decoded(raw: bytes, charset: str) -> str | None:
    if not _is_text_codec(charset):
        return None
    try:
        return raw.decode(charset)
    except (UnicodeError, ValueError):
        return None


def _is_text_codec(name: str) -> bool:
    try:
        return bool(codecs.lookup(name)._is_text_encoding)
    except (LookupError, ValueError, TypeError):
        return False
