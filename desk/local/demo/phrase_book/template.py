"""The little language phrases are written in: `[this|that]` is a choice, `{slot}` a fact."""

import re
from collections.abc import Callable
from random import Random

_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_SPACES = re.compile(r" {2,}")
_BEFORE_STOP = re.compile(r" +([,.;:?!…](?=\s|$))")

BREAK = "//"
"""Where somebody who writes in bursts sends what they have and goes on in a new message."""


def choose(template: str, chance: Random) -> str:
    """The template with every choice made and its slots still open."""
    while "[" in template:
        template = _CHOICE.sub(lambda m: chance.choice(m[1].split("|")), template)
    return tidy(template)


def slots_in(template: str) -> set[str]:
    return set(_SLOT.findall(template))


def fill(text: str, fact: Callable[[str], str]) -> str:
    """The text with its slots filled."""
    return _SLOT.sub(lambda m: fact(m[1]), text)


def outside_slots(text: str, change: Callable[[str], str]) -> str:
    """Changes the words and leaves the slots alone."""
    parts = _SLOT.split(text)
    return "".join(f"{{{part}}}" if place % 2 else change(part) for place, part in enumerate(parts))


def tidy(text: str) -> str:
    return _BEFORE_STOP.sub(r"\1", _SPACES.sub(" ", text)).strip()


def upper_first(text: str) -> str:
    """A capital at the beginning, unless it begins with a fact."""
    return text[:1].upper() + text[1:]
