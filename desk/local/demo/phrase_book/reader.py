"""Reads stories from the text they are written in.

@story late_bag weight=11 team=baggage label=baggage heat=.5
Where is my bag? // Flight {flight}          the ways it opens, one a line
(annoyed) You lost my bag again
@agent work=4                                what an agent answers
@customer file=tag.jpg                       what the customer says then
@note .5   @colleague                        a private note and a colleague's answer to it
@set priority=high chance=.3                 another label, team or priority
@rest 8 30                                   hours in which nothing happens
@fork  @way 3 … @way 1 … @join               it goes one way or another
@end solved                                  solved, promised, refused, nothing
@back  @again                                the customer returns, and what they hear
"""

import re
from collections.abc import Iterator

from desk.local.demo.company import Manner
from desk.local.demo.phrase_book.story import (
    Answers,
    Ends,
    Fork,
    Line,
    Notes,
    Outcome,
    Rests,
    Return,
    Says,
    Speech,
    Step,
    Story,
    Turns,
    Way,
)
from desk.local.demo.phrase_book.template import slots_in
from desk.words.conversation import Priority

MOODS = ("calm", "hurried", "annoyed", "chatty", "terse")
_MARK = re.compile(r"([#>])([^#>]+)")
_TAGS = frozenset(MOODS) | frozenset(Manner)


class _Part:
    """A directive and the phrases under it."""

    def __init__(self, directive: str, number: int) -> None:
        self.verb, *rest = directive.split()
        self.number = number
        self.words = [word for word in rest if "=" not in word]
        self.options = dict(word.split("=", 1) for word in rest if "=" in word)
        self.phrases: list[str] = []

    def speech(self) -> Speech:
        if not self.phrases:
            raise ValueError(f"line {self.number}: @{self.verb} has nothing to say")
        return _speech(self.phrases)

    def rate(self, option: str, default: float) -> float:
        return float(self.options.get(option, default))


def lines(block: str) -> Speech:
    """Reads phrases: one way a line; `+` goes on with the line above."""
    joined: list[str] = []
    for raw in block.strip().splitlines():
        line = raw.strip()
        if line.startswith("+ "):
            joined[-1] = f"{joined[-1]} {line[2:]}"
        elif line:
            joined.append(line)
    return _speech(joined)


def read_stories(text: str) -> tuple[Story, ...]:
    """All stories of a text, in order."""
    told: list[list[_Part]] = []
    for part in _parts(text):
        if part.verb == "story":
            told.append([])
        told[-1].append(part)
    return tuple(_story(parts) for parts in told)


def _parts(text: str) -> Iterator[_Part]:
    part: _Part | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if line.startswith("@"):
            if part:
                yield part
            part = _Part(line[1:], number)
        elif line and part:
            part.phrases.append(line)
        elif line:
            raise ValueError(f"line {number}: expected @story before the first phrase")
    if part:
        yield part


def _story(parts: list[_Part]) -> Story:
    head, body = parts[0], parts[1:]
    backs = [part for part in body if part.verb in ("back", "again")]
    steps, rest = _steps([part for part in body if part not in backs])
    if rest:
        raise ValueError(f"line {rest[0].number}: @{rest[0].verb} outside a fork")
    options = head.options
    priority = options.get("priority")
    return Story(
        name=head.words[0],
        opens=head.speech(),
        steps=steps,
        weight=head.rate("weight", 1.0),
        language=options.get("language", "en"),
        team=options.get("team"),
        labels=tuple(options["label"].split(",")) if "label" in options else (),
        priority=Priority.from_word(priority) if priority else None,
        heat=head.rate("heat", 0.25),
        attachment=options.get("file"),
        bare="bare" in head.words,
        returns=tuple(
            Return(says.speech(), hears.speech())
            for says, hears in zip(backs[::2], backs[1::2], strict=True)
        ),
    )


def _steps(parts: list[_Part]) -> tuple[tuple[Step, ...], list[_Part]]:
    """The steps up to the next @way or @join of an enclosing fork, and what is left."""
    steps: list[Step] = []
    while parts and parts[0].verb not in ("way", "join"):
        part, parts = parts[0], parts[1:]
        if part.verb == "fork":
            fork, parts = _fork(parts)
            steps.append(fork)
        elif part.verb == "colleague":
            before = steps[-1]
            if not isinstance(before, Notes):
                raise ValueError(f"line {part.number}: @colleague answers a @note")
            steps[-1] = Notes(before.speech, before.chance, part.speech())
        else:
            steps.append(_step(part))
    return tuple(steps), parts


def _fork(parts: list[_Part]) -> tuple[Fork, list[_Part]]:
    ways: list[Way] = []
    while parts and parts[0].verb == "way":
        weight, *needs = parts[0].words
        steps, parts = _steps(parts[1:])
        topics = frozenset(topic for need in needs for topic in need.removeprefix("#").split(","))
        ways.append(Way(float(weight), steps, topics))
    if not parts or not ways:
        raise ValueError("a @fork has at least one @way and ends with @join")
    return Fork(tuple(ways)), parts[1:]


def _step(part: _Part) -> Step:
    chance = part.rate("chance", 1.0)
    match part.verb:
        case "customer":
            return Says(part.speech(), chance, part.options.get("file"), part.rate("after", 0.0))
        case "agent":
            return Answers(part.speech(), chance, part.rate("work", 1.0))
        case "note":
            return Notes(part.speech(), float(part.words[0]) if part.words else 0.5)
        case "set":
            word = part.options.get("priority")
            return Turns(
                part.options.get("label"),
                part.options.get("team"),
                Priority.from_word(word) if word else None,
                chance,
            )
        case "rest":
            return Rests(float(part.words[0]), float(part.words[1]), part.rate("snoozed", 0.6))
        case "end":
            return Ends(Outcome(part.words[0]))
        case _:
            raise ValueError(f"line {part.number}: @{part.verb} is not known")


def _speech(phrases: list[str]) -> Speech:
    return Speech(tuple(_line(phrase) for phrase in phrases))


def _line(phrase: str) -> Line:
    """Takes the marks off the front of a phrase: `#needed`, `>given`, `(mood)`."""
    needs: set[str] = set()
    gives: set[str] = set()
    while phrase[0] in "#>":
        marks, _, phrase = phrase.partition(" ")
        for sign, topics in _MARK.findall(marks):
            (needs if sign == "#" else gives).update(topics.split(","))
    tag, closed, rest = phrase[1:].partition(") ")
    tagged = phrase.startswith("(") and bool(closed) and tag in _TAGS
    text = rest if tagged else phrase
    return Line(
        text,
        tag if tagged else None,
        frozenset(needs),
        frozenset(gives),
        frozenset(slots_in(text)),
    )
