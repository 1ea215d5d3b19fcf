"""How an agent says it: every desk has warm, brisk, formal, cheerful and careful people."""

import re
from random import Random

from msgspec import Struct

from desk.local.demo.company import DemoAgent, Manner
from desk.local.demo.phrase_book.courtesies import Courtesies
from desk.local.demo.phrase_book.story import Speech
from desk.local.demo.phrase_book.template import BREAK, fill, upper_first
from desk.local.demo.phrase_book.thread import Thread
from desk.local.demo.phrase_book.voice import Fact

_LONG_FORMS = (
    (r"\bI'll\b", "I will"), (r"\bI've\b", "I have"), (r"\bI'm\b", "I am"), (r"\bI'd\b", "I would"),
    (r"\b(you|we|they)'ll\b", r"\1 will"), (r"\b(you|we|they)'ve\b", r"\1 have"),
    (r"\b(you|we|they)'re\b", r"\1 are"), (r"\b(it|that|here|there)'s\b", r"\1 is"),
    (r"\bcan't\b", "cannot"), (r"\bwon't\b", "will not"), (r"\b(\w+)n't\b", r"\1 not"),
    (r"\bLet's\b", "Let us"), (r"\blet's\b", "let us"),
)  # fmt: skip
_ANSWERING = re.compile(
    r"(Thank|Got it|Noted|Understood|Ok|Good|Great|Done|Sure|Of course|Yes|No\b|I see|Sorry|I'm sorry|"
    r"Changed|Fixed|Glad|Lovely|Wonderful|Fair|Right|Booked|Added|Oh|You|It's|Then|And|"
    r"Takk|Danke|Gern|Gracias|De nada|Listo|شكر|تمام|谢|好的|收到|ありがと|承知)"
)
_SMILES = ("🙂", "👍", "✨", "🙌", "💪")


class Occasion(Struct, frozen=True):
    """Where in the conversation an agent speaks."""

    first: bool = False
    waited_long: bool = False
    prompt: bool = True
    """The customer wrote just now."""
    plain: bool = False
    """A mere courtesy: nothing around it."""
    colleague: str | None = None
    """Whom the agent takes over from."""


def agent_message(
    speech: Speech,
    agent: DemoAgent,
    occasion: Occasion,
    courtesies: Courtesies,
    language: str,
    thread: Thread,
    fact: Fact,
    chance: Random,
) -> str:
    """The message an agent makes of a phrase."""
    manner = agent.manner
    parts: list[str] = []
    if occasion.colleague:
        parts.append(thread.pick(courtesies.takes_over, manner, chance))
    elif occasion.first and chance.random() < (0.7 if manner is Manner.BRISK else 0.94):
        parts.append(thread.pick(courtesies.hellos, manner, chance))
    if occasion.waited_long and not occasion.plain and chance.random() < 0.7:
        parts.append(thread.pick(courtesies.sorry_for_the_wait, manner, chance))
    core = thread.pick(speech, manner, chance).replace(f" {BREAK} ", "\n")
    bare = not parts and not occasion.first and not occasion.plain and occasion.prompt
    if bare and chance.random() < 0.35 and not _ANSWERING.match(core):
        parts.append(thread.pick(courtesies.acknowledgements, manner, chance))
    parts.append(upper_first(core))
    joint = "" if language in ("zh", "ja") else " "
    text = joint.join(parts)
    if occasion.first and manner is Manner.FORMAL and chance.random() < 0.5:
        text = f"{text}\n\n{thread.pick(courtesies.signatures, manner, chance)}"
    elif occasion.first and manner is Manner.CAREFUL and chance.random() < 0.3:
        text = f"{text}\n{thread.pick(courtesies.signatures, manner, chance)}"
    return fill(_mannered(text, manner, language, chance), fact)


def _mannered(text: str, manner: Manner, language: str, chance: Random) -> str:
    if language == "en" and manner is Manner.FORMAL:
        for short, long in _LONG_FORMS:
            text = re.sub(short, long, text)
    elif manner is Manner.CHEERFUL:
        if language == "en" and chance.random() < 0.25:
            text = text.replace(". ", "! ", 1)
        if chance.random() < 0.18:
            text = f"{text} {chance.choice(_SMILES)}"
    return text
