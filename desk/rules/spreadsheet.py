"""Texts in tables that spreadsheets open: none of them is to be taken for a formula."""

import re

FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
"""What makes a spreadsheet take a text for a formula."""

_BEGINS = re.compile(FORMULA)


def harmless(text: str) -> str:
    """The text with a `'` before what looks like a formula."""
    return f"'{text}" if _BEGINS.match(text) else text


def as_meant(text: str) -> str:
    """The text without the `'` that made it harmless."""
    return text[1:] if text.startswith("'") and _BEGINS.match(text[1:]) else text
