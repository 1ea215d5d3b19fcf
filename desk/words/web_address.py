"""Addresses on the web that an account gives us to write to."""

from urllib.parse import urlsplit

from desk.words.errors import Invalid

MOST_CHARACTERS = 2048


def web_address(given: object, *, field: str) -> str:
    """The address as it is to be kept; raises Invalid when it is no http or https URL.

    It says nothing about where the address leads: that is checked when it is used.
    """
    text = given.strip() if isinstance(given, str) else ""
    if not text or len(text) > MOST_CHARACTERS or not _is_web_address(text):
        raise Invalid(
            "url_malformed",
            f"{field} must be a URL such as https://example.com/messages.",
            field=field,
        )
    return text


def _is_web_address(text: str) -> bool:
    if any(ord(character) <= 32 or ord(character) == 127 for character in text):
        return False
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    return (
        parts.scheme in ("http", "https")
        and bool(host.strip("."))
        and port != 0
        and "@" not in parts.netloc
        and "\\" not in text
    )
