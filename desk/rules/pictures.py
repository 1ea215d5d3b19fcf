"""What kind of picture some bytes are, told by the bytes alone."""

_BEGINNINGS = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF8", "gif"))


def picture_kind(content: bytes) -> str | None:
    """png, jpg, gif or webp; nothing for anything else, whatever it claims to be."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((kind for begin, kind in _BEGINNINGS if content.startswith(begin)), None)
