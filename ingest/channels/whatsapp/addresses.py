"""How WhatsApp writes addresses: digits of a phone number, or a business-scoped user id."""

import re

_PHONE = re.compile(r"\+?[0-9]{1,20}")
_USER_ID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")


def is_phone(address: str) -> bool:
    """Digits, with or without a plus sign."""
    return _PHONE.fullmatch(address) is not None


def is_user_id(address: str) -> bool:
    """The id by which a customer who hides the phone number is known to one business."""
    return _USER_ID.fullmatch(address) is not None
