"""How a customer says it: mood, hello and goodbye, one message or several."""

import re
from collections.abc import Callable
from random import Random

from desk.local.demo.customers import Customer
from desk.local.demo.phrase_book.courtesies import Courtesies
from desk.local.demo.phrase_book.template import BREAK, fill, upper_first
from desk.local.demo.phrase_book.thread import Thread
from desk.local.demo.phrase_book.typing_habits import typed

Fact = Callable[[str], str]

_SENTENCE_END = re.compile(r"(?<=[.!?。!?؟]) +(?=[^\s])")
_FIRST_WORD = re.compile(r"[A-Z][a-z]+(?:'[a-z]+)?")
_STAYS_CAPITAL = frozenset(("Tidemark", "Straitwell"))
_FULL_STOP = {"zh": "", "ja": "", "ar": "،"}


def draw_mood(customer: Customer, heat: float, chance: Random) -> str:
    """The mood somebody of this temper is in when this happens to them."""
    if chance.random() < heat * 0.45 + customer.temper * 0.45 - 0.08:
        return "annoyed"
    return chance.choices(("calm", "hurried", "chatty", "terse"), (48, 20, 16, 16))[0]


def customer_messages(
    core: str, customer: Customer, mood: str, language: str, fact: Fact, chance: Random
) -> tuple[str, ...]:
    """The messages a chosen phrase becomes under this customer's thumbs."""
    typing = customer.typing
    english = language == "en"
    in_bursts = chance.random() < typing.bursts + (0.15 if mood == "hurried" else 0)
    if BREAK in core:
        parts = [part.strip() for part in core.split(BREAK)]
        pieces = parts if in_bursts else [_joined(parts, language)]
    elif in_bursts and len(core) > 70:
        pieces = _SENTENCE_END.split(core, maxsplit=2)
    else:
        pieces = [core]
    finished = (
        typed(upper_first(piece) if english else piece, typing, mood, english, chance)
        for piece in pieces
    )
    return tuple(fill(piece, fact) for piece in finished if piece)


def opening(
    core: str, mood: str, courtesies: Courtesies, language: str, thread: Thread, chance: Random
) -> str:
    """A chosen first phrase with its hello and its goodbye, breaks still in it."""
    english = language == "en"
    if chance.random() < {"terse": 0.25, "annoyed": 0.55}.get(mood, 0.82):
        hello = thread.pick(courtesies.greetings, mood, chance)
        if english and BREAK not in core and chance.random() < 0.5 and hello[-1].isalnum():
            core = f"{hello}, {_lowered(core)}"
        else:
            core = f"{hello} {BREAK} {core}"
    if chance.random() < {"terse": 0.15, "chatty": 0.75}.get(mood, 0.5):
        core = f"{core} {BREAK} {thread.pick(courtesies.closings, mood, chance)}"
    return core


def _joined(parts: list[str], language: str) -> str:
    joint = "" if language in ("zh", "ja") else " "
    sentences = [_ended(part, language) for part in parts[:-1]]
    return joint.join([*sentences, _begun(parts[-1], language)])


def _begun(part: str, language: str) -> str:
    return upper_first(part) if language == "en" else part


def _ended(part: str, language: str) -> str:
    begun = _begun(part, language)
    if begun[-1:] in ".!?,:;。!?،؟…)～，":
        return begun
    return begun + _FULL_STOP.get(language, ".")


def _lowered(core: str) -> str:
    word = _FIRST_WORD.match(core)
    if word is None or word[0] in _STAYS_CAPITAL or word[0].startswith("I'"):
        return core
    return core[0].lower() + core[1:]
