"""What a file is by its first bytes, and whether that is what it is said to be."""

HEAD = 4096
"""As many of its first bytes tell what a file is."""

PROGRAM = "application/x-executable"

_AT_THE_START: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"8BPS", "image/vnd.adobe.photoshop"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"fLaC", "audio/flac"),
    (b"#!AMR", "audio/amr"),
    (b"FORM", "audio/aiff"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"\x00\x00\x01\xb3", "video/mpeg"),
    (b"FLV\x01", "video/x-flv"),
    (b"\x30\x26\xb2\x75", "video/x-ms-asf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"\x7fELF", PROGRAM),
    (b"\xfe\xed\xfa\xce", PROGRAM),
    (b"\xfe\xed\xfa\xcf", PROGRAM),
    (b"\xce\xfa\xed\xfe", PROGRAM),
    (b"\xcf\xfa\xed\xfe", PROGRAM),
    (b"\xca\xfe\xba\xbe", PROGRAM),
    (b"dex\n", PROGRAM),
    (b"#!", PROGRAM),
)
_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
_STILL = (b"avif", b"avis", b"heic", b"heix", b"heif", b"mif1", b"msf1")
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}

_COMPOUND = frozenset(
    {"application/zip", "application/x-ole-storage", "application/rtf", "application/gzip"}
)
_TEXTS = ("application/json", "application/xml", "application/csv", "application/rtf")
_RECOGNISED = {kind for _, kind in _AT_THE_START} | {
    *("image/bmp", "image/webp", "image/avif", "image/heic", "image/heif"),
    *("audio/wav", "audio/x-wav", "audio/mp3", "audio/mp4", "audio/webm", "audio/x-m4a"),
    *("video/mp4", "video/quicktime", "video/ogg", "video/3gpp", "video/x-msvideo"),
}


def kind_of(head: bytes) -> str | None:
    """The type that its first bytes show; nothing where they show none."""
    if head[:2] == b"MZ" and b"\x00" in head[:64]:
        return PROGRAM
    for mark, kind in _AT_THE_START:
        if head.startswith(mark):
            return kind
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[:2] == b"BM" and head[6:10] == b"\x00\x00\x00\x00":
        return "image/bmp"
    if head[4:8] in _BOXES:
        return "image/avif" if head[8:12] in _STILL else "video/mp4"
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    return "image/svg+xml" if _is_drawing(head) else None


def is_program(head: bytes) -> bool:
    """Whether a computer would run it."""
    return kind_of(head) == PROGRAM


def fits(declared: str, head: bytes) -> bool:
    """Whether a file may be what it is said to be."""
    found = kind_of(head)
    family = declared.partition("/")[0]
    if declared == "image/svg+xml":
        return _is_text(head)
    if family == "image":
        return _is_of(("image",), declared, found)
    if family in ("audio", "video"):
        # One kind of container holds either.
        return _is_of(("audio", "video"), declared, found)
    if declared == "application/pdf":
        return found == declared
    if family == "text" or declared in _TEXTS:
        return _is_text(head) and found in (None, "image/svg+xml", "application/rtf")
    if "officedocument" in declared or "opendocument" in declared or declared == "application/zip":
        return found in _COMPOUND
    return True


def _is_of(families: tuple[str, ...], declared: str, found: str | None) -> bool:
    if found is None:
        return declared not in _RECOGNISED
    return found.partition("/")[0] in families and found != "image/svg+xml"


def _is_text(head: bytes) -> bool:
    return head[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" not in head


def _is_drawing(head: bytes) -> bool:
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1024].lower()
    return begins.startswith((b"<svg", b"<?xml", b"<!--")) and b"<svg" in begins
