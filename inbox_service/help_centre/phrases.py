"""The words of the page itself, in the languages that it speaks; else English."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

ENGLISH = "en"
FROM_RIGHT = frozenset({"ar", "fa", "he", "iw", "ku", "ps", "ug", "ur", "yi", "dv"})

Phrases = Mapping[str, str]


@cache
def _spoken() -> dict[str, dict[str, str]]:
    return msgspec.json.decode(
        Path(__file__).with_name("phrases.json").read_bytes(), type=dict[str, dict[str, str]]
    )


def language_of(locale: str) -> str:
    """The language as browsers name it: pt_BR is pt-BR."""
    return locale.replace("_", "-")


def phrases_of(locale: str) -> Phrases:
    """The page's words in the locale's language."""
    return _spoken().get(_base(locale)) or _spoken()[ENGLISH]


def speaks(locale: str) -> bool:
    """Whether the page's own words are in that language."""
    return _base(locale) in _spoken()


def direction_of(locale: str) -> str:
    """Whether it is written from the left or from the right."""
    return "rtl" if _base(locale) in FROM_RIGHT else "ltr"


def name_of(locale: str) -> str:
    """What speakers call it, as far as it is known."""
    spoken = _spoken().get(_base(locale))
    exact = locale.replace("_", "-")
    return (
        f"{spoken['name']} ({exact})"
        if spoken and "-" in exact
        else (spoken or {}).get("name", exact)
    )


def counted(phrases: Phrases, what: str, n: int) -> str:
    """A number with its noun."""
    return phrases[what if n == 1 and what in phrases else f"{what}s"].replace("{n}", str(n))


def _base(locale: str) -> str:
    return locale.replace("-", "_").split("_")[0].casefold()
