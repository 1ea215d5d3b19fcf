"""What the Graph API checks in a message before it takes it."""

from collections.abc import Callable
from typing import Any

from ingest.simulators.whatsapp.graph_errors import INVALID_PARAMETER, GraphRefusal

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_MARK = 512
MEDIA_TYPES = frozenset({"image", "audio", "video", "document", "sticker"})
OTHER_TYPES = frozenset({"template", "interactive", "location", "contacts", "reaction"})


def recipient_of(request: dict[str, Any]) -> str:
    """The customer's address without its plus sign."""
    to = request.get("to") or request.get("recipient")
    if not isinstance(to, str) or not to.strip():
        raise _invalid("The parameter to is required.")
    address = "".join(character for character in to if character not in "+ -()")
    if "recipient" not in request and not (address.isdecimal() and len(address) <= 20):
        raise _invalid(f"The parameter to must be a phone number, not {to[:40]!r}.")
    return address


def check_message(request: dict[str, Any], *, media_exists: Callable[[str], bool]) -> None:
    """Raises GraphRefusal with code 100 naming the parameter."""
    if request.get("messaging_product") != "whatsapp":
        raise _invalid("The parameter messaging_product is required and must be 'whatsapp'.")
    recipient_of(request)
    mark = request.get("biz_opaque_callback_data")
    if mark is not None and not (isinstance(mark, str) and len(mark) <= MAX_MARK):
        raise _invalid(f"biz_opaque_callback_data must be at most {MAX_MARK} characters long.")
    context = request.get("context")
    if context is not None and not (
        isinstance(context, dict) and isinstance(context.get("message_id"), str)
    ):
        raise _invalid("context must hold a message_id.")
    kind = request.get("type", "text")
    part = request.get(kind) if isinstance(kind, str) else None
    if kind == "text":
        _check_text(part)
    elif kind in MEDIA_TYPES:
        _check_media(kind, part, media_exists)
    elif kind not in OTHER_TYPES:
        raise _invalid(f"Param type must be one of {sorted({'text'} | MEDIA_TYPES | OTHER_TYPES)}.")
    elif not part:
        raise _invalid(f"The parameter {kind} is required.")


def _check_text(part: object) -> None:
    body = part.get("body") if isinstance(part, dict) else None
    if not isinstance(body, str) or not body:
        raise _invalid("The parameter text['body'] is required.")
    if len(body) > MAX_TEXT:
        raise _invalid(f"Param text['body'] must be at most {MAX_TEXT} characters long.")


def _check_media(kind: str, part: object, media_exists: Callable[[str], bool]) -> None:
    if not isinstance(part, dict):
        raise _invalid(f"The parameter {kind} is required.")
    media_id, link = part.get("id"), part.get("link")
    if (media_id is None) == (link is None):
        raise _invalid(f"Give either {kind}['id'] or {kind}['link'].")
    if media_id is not None and not media_exists(str(media_id)):
        raise _invalid(f"Param {kind}['id'] is not a valid whatsapp business account media ID.")
    if link is not None and not str(link).startswith(("http://", "https://")):
        raise _invalid(f"Param {kind}['link'] is not a valid URI.")
    caption = part.get("caption")
    if caption is not None:
        if kind in ("audio", "sticker"):
            raise _invalid(f"Unexpected key 'caption' on param {kind}.")
        if len(str(caption)) > MAX_CAPTION:
            raise _invalid(f"Param {kind}['caption'] must be at most {MAX_CAPTION} characters.")


def _invalid(details: str) -> GraphRefusal:
    return GraphRefusal(INVALID_PARAMETER.with_details(details))
