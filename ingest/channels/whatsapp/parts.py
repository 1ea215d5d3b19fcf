"""How one message of ours becomes WhatsApp's: a text of 4,096 characters or one file each."""

from collections.abc import Iterator

import msgspec

from ingest.channel_contract import OutgoingFile, OutgoingMessage

MAX_TEXT = 4096
MAX_CAPTION = 1024

IMAGES = frozenset({"image/jpeg", "image/png"})
VIDEOS = frozenset({"video/mp4", "video/3gpp"})
AUDIO = frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"})


class Part(msgspec.Struct, frozen=True):
    """One request to WhatsApp: a text, or a file with or without a caption."""

    text: str | None = None
    file: OutgoingFile | None = None


def parts_of(outgoing: OutgoingMessage) -> tuple[Part, ...]:
    """The requests in the order in which the customer should see them."""
    files = list(outgoing.files)
    text = outgoing.content or ""
    parts: list[Part] = []
    if text and files and len(text) <= MAX_CAPTION and media_kind(files[0]) != "audio":
        parts.append(Part(text, files.pop(0)))
    else:
        parts.extend(Part(piece) for piece in _pieces(text))
    parts.extend(Part(file=file) for file in files)
    return tuple(parts)


def media_kind(file: OutgoingFile) -> str:
    """WhatsApp's word for a file; what it cannot show it takes as a document."""
    mime_type = file.mime_type.split(";")[0].strip().lower()
    if mime_type in IMAGES:
        return "image"
    if mime_type in VIDEOS:
        return "video"
    return "audio" if mime_type in AUDIO else "document"


def _pieces(text: str) -> Iterator[str]:
    """Cut at a line's end, else between words, else anywhere."""
    while len(text) > MAX_TEXT:
        cut = max(text.rfind("\n", 1, MAX_TEXT), 0) or max(text.rfind(" ", 1, MAX_TEXT), 0)
        yield text[: cut or MAX_TEXT]
        text = text[cut or MAX_TEXT :].lstrip("\n ")
    if text:
        yield text
