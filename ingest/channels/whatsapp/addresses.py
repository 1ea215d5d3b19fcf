"""How WhatsApp writes addresses, and how we mark our own messages with our own ids."""

import re

_PHONE = re.compile(r"\+?[0-9]{1,20}")
_USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


def is_phone(address: str) -> bool:
    """Digits, with or without a plus sign."""
    return _PHONE.fullmatch(address) is not None


def is_user_id(address: str) -> bool:
    """The id by which a customer who hides the phone number is known to one business."""
    return _USER_ID.fullmatch(address) is not None


_MARK = re.compile(r"streamdesk:([0-9]{1,18})")


def marked(message_id: int) -> str:
    """What we give WhatsApp to hand back with every receipt."""
    return f"streamdesk:{message_id}"


def message_ref(mark: str | None) -> str | None:
    """Our message id out of such a mark; other programs' marks mean nothing to us."""
    found = _MARK.fullmatch(mark or "")
    return found[1] if found else None
