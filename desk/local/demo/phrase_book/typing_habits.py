"""How a customer's fingers change what they meant to write."""

import re
from random import Random

from desk.local.demo.customers import Typing
from desk.local.demo.phrase_book.template import outside_slots

_WORD = re.compile(r"[A-Za-z]{4,}")
_NEIGHBOURS = {
    "a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "g", "g": "h", "h": "j", "i": "o",
    "k": "l", "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "r": "t", "s": "a", "t": "y",
    "u": "i", "v": "b", "w": "e", "y": "u",
}  # fmt: skip
_SHORT = {
    "please": ("pls", "plz"), "you": ("u",), "your": ("ur",), "are": ("r",),
    "thanks": ("thx", "tnx"), "because": ("bc", "cos"), "tomorrow": ("tmrw", "tmr"),
    "about": ("abt",), "with": ("w",), "message": ("msg",), "account": ("acc", "acct"),
    "number": ("no", "nr"), "minutes": ("mins", "min"), "already": ("alr",), "and": ("&", "n"),
    "people": ("ppl",), "something": ("smth",), "information": ("info",), "right": ("rite",),
}  # fmt: skip
_UNSURE = (
    (r"\bdid not arrive\b|\bdidn't arrive\b", "not arrived"),
    (r"\bI would like to\b|\bI'd like to\b", "I want to"),
    (r"\bI have been\b|\bI've been\b", "I am"),
    (r"\bdoesn't\b|\bdoes not\b", "don't"),
    (r"\bCould you\b|\bCan you\b", "Please can you"),
    (r"\bhow do I\b", "how I can"),
    (r"\binformation\b", "informations"),
    (r"\bsince\b", "from"),
    (r"\bI need\b", "I am needing"),
    (r"\bwas charged\b", "got charge"),
)
_ARTICLES = re.compile(r"\b(?:the|a|an) ", re.IGNORECASE)
_EMOJI = {
    "calm": "🙂🙏👍", "hurried": "🙏⏰🏃", "annoyed": "😡😤🤦🙄", "chatty": "😊😂🙈🌞💛", "terse": "👍",
}  # fmt: skip


def typed(text: str, typing: Typing, mood: str, english: bool, chance: Random) -> str:
    """The text, slots still open, as this person types it in this mood."""
    if english and not typing.fluent:
        text = _unsure(text, chance)
    if english and typing.shorthand:
        text = outside_slots(text, lambda part: _shorthand(part, typing.shorthand, chance))
    if english and typing.lower_case:
        text = outside_slots(text, str.lower)
        if chance.random() < 0.6:
            text = outside_slots(text, lambda part: part.replace("'", ""))
    if english and typing.slips:
        text = outside_slots(text, lambda part: _slips(part, typing.slips, chance))
    if mood == "annoyed" and chance.random() < 0.3:
        text = text.replace("?", "??")
    if not typing.full_stops:
        text = text.removesuffix(".").removesuffix("。")
    elif english and text[-1:].isalnum() and chance.random() < 0.7:
        text += "."
    if chance.random() < typing.emoji:
        text = f"{text} {chance.choice(_EMOJI[mood])}"
    return text


def _unsure(text: str, chance: Random) -> str:
    for pattern, instead in _UNSURE:
        if chance.random() < 0.6:
            text = re.sub(pattern, instead, text)
    return _ARTICLES.sub(lambda m: "" if chance.random() < 0.4 else m[0], text)


def _shorthand(part: str, rate: float, chance: Random) -> str:
    def shorten(word: re.Match[str]) -> str:
        ways = _SHORT.get(word[0].lower())
        return chance.choice(ways) if ways and chance.random() < rate else word[0]

    return re.sub(r"[A-Za-z]+", shorten, part)


def _slips(part: str, rate: float, chance: Random) -> str:
    return _WORD.sub(lambda m: _slip(m[0], chance) if chance.random() < rate else m[0], part)


def _slip(word: str, chance: Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + _NEIGHBOURS.get(word[at], word[at]) + word[at + 1 :]
