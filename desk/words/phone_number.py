"""Telephone numbers with their country code, checked where they enter."""

import re

from desk.words.errors import Invalid

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")
_BETWEEN = re.compile(r"[\s().\-/]")


def phone_number(given: object, *, field: str) -> str:
    """The number as + and digits; raises Invalid when it is none."""
    number = _BETWEEN.sub("", given) if isinstance(given, str) else ""
    if not _NUMBER.fullmatch(number):
        raise Invalid(
            "phone_number_malformed",
            "Write the number with its country code, such as +47 22 55 01 00.",
            field=field,
        )
    return number
