"""Finds a text again in the phrase book: which story it opens, which line it most resembles."""

import re
from functools import cache
from math import sqrt

from desk.local.demo.company import Company
from desk.local.demo.phrase_book.library import shelf
from desk.local.demo.phrase_book.story import Answers, Line, Says, Speech, Story, every_step

_WORDS = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_MARKS = re.compile(r"\{\w+\}|//|[\[\]|]")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_DULL = frozenset((
    "the", "a", "an", "i", "my", "me", "is", "it", "to", "of", "and", "on", "in", "for", "you", "we",
    "at", "with", "that", "this", "do", "does", "can", "could", "please", "hi", "hello", "thanks",
    "thank", "good", "from", "be", "are", "was", "your", "our", "not", "no", "yes", "have", "has",
    "had", "but", "so",
))  # fmt: skip


def words_of(text: str) -> frozenset[str]:
    """The telling words of a text; pairs of characters where words are not spaced."""
    plain = _MARKS.sub(" ", text).lower()
    words = {word for word in _WORDS.findall(plain) if word not in _DULL}
    if _UNSPACED.search(plain):
        words |= {plain[at : at + 2] for at in range(len(plain) - 1) if plain[at] != " "}
    return frozenset(words)


@cache
def _line_words(text: str) -> frozenset[str]:
    return words_of(text)


def likeness(line: Line, heard: frozenset[str]) -> float:
    """How much of what was heard the line accounts for, 0 to 1."""
    words = _line_words(line.text)
    if not words or not heard:
        return 0.0
    shared = len(words & heard)
    return shared / sqrt(len(heard) * len(words))


def nearest(speech: Speech, heard: frozenset[str]) -> tuple[Line, float]:
    """The line most like what was heard, and how like it is."""
    best = max(speech.lines, key=lambda line: likeness(line, heard))
    return best, likeness(best, heard)


def recognise(company: Company, text: str) -> Story | None:
    """The story somebody begins with this text; None when it sounds like none of them."""
    heard = words_of(text)
    stories = shelf(company).stories
    best = max(stories, key=lambda story: _resemblance(story, heard))
    return best if _resemblance(best, heard) > 0.16 else None


def _resemblance(story: Story, heard: frozenset[str]) -> float:
    _, opening = nearest(story.opens, heard)
    common = len(heard & _vocabulary(story)) / max(1, len(heard))
    return opening + 0.1 * common


@cache
def _vocabulary(story: Story) -> frozenset[str]:
    spoken = [story.opens]
    spoken += [step.speech for step in every_step(story.steps) if isinstance(step, Says | Answers)]
    return frozenset(
        word for speech in spoken for line in speech.lines for word in words_of(line.text)
    )
