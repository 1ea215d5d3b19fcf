"""Follows a conversation through a story: what has been said, and whose turn it is."""

from random import Random

from desk.local.demo.phrase_book.recognise import likeness, nearest, words_of
from desk.local.demo.phrase_book.story import (
    Answers,
    Ends,
    Fork,
    Outcome,
    Says,
    Step,
    Story,
    Turns,
    Way,
)
from desk.local.demo.phrase_book.thread import Thread

Spoken = Says | Answers


class Following:
    """A place in a story, moved along by what either side says."""

    def __init__(self, story: Story, thread: Thread) -> None:
        self.story = story
        self.thread = thread
        self.ahead: list[Step] = list(story.steps)
        self.passed: list[Turns] = []
        """The labels, teams and priorities that came up before what was taken last."""
        self.outcome = Outcome.SOLVED

    def opened_with(self, text: str) -> None:
        """Keeps in mind what the first message brings up."""
        line, _ = nearest(self.story.opens, words_of(text))
        self.thread.note(line, text)

    def heard(self, text: str, *, from_agent: bool) -> None:
        """One side has written; words the story did not expect leave it where it is."""
        kind: type[Spoken] = Answers if from_agent else Says
        heard = words_of(text)
        for place, step in enumerate(self.ahead):
            if isinstance(step, Fork):
                way = self._way_like(step, kind, heard)
                if way is not None:
                    self.ahead[: place + 1] = way.steps
                    self.heard(text, from_agent=from_agent)
                return
            if isinstance(step, kind):
                line, _ = nearest(step.speech, heard)
                self.thread.note(line, text)
                del self.ahead[: place + 1]
                return
            if isinstance(step, Ends) or (isinstance(step, Says | Answers) and step.chance >= 1):
                return

    def take(self, kind: type[Spoken], chance: Random) -> Spoken | None:
        """The next thing this side says, if it is their turn; what lies before it is passed."""
        self.passed = []
        while self.ahead:
            step = self.ahead[0]
            if isinstance(step, Says | Answers) and not isinstance(step, kind) and step.chance >= 1:
                return None
            if isinstance(step, Fork):
                fitting = [way for way in step.ways if self.thread.fits(way.needs)]
                ways = [way for way in fitting if _first(way.steps) in (kind, None)]
                if not ways:
                    return None
                way = chance.choices(ways, [way.weight for way in ways])[0]
                self.ahead[:1] = way.steps
                continue
            del self.ahead[0]
            if isinstance(step, Ends):
                self.outcome = step.outcome
                self.ahead = []
            elif isinstance(step, Turns):
                self.passed.append(step)
            elif isinstance(step, kind) and self._will_be_said(step, chance):
                return step
        return None

    def waits_for(self) -> type[Spoken] | None:
        """Who has to speak next; None when the story is over."""
        for step in self.ahead:
            if isinstance(step, Says | Answers) and step.chance >= 1:
                return type(step)
            if isinstance(step, Fork):
                return _first(step.ways[0].steps)
            if isinstance(step, Ends):
                return None
        return None

    def _will_be_said(self, step: Spoken, chance: Random) -> bool:
        return chance.random() < step.chance and any(
            self.thread.fits(line.needs) for line in step.speech.lines
        )

    def _way_like(self, fork: Fork, kind: type[Spoken], heard: frozenset[str]) -> Way | None:
        """The way this could be the beginning of."""
        ways = [
            way for way in fork.ways if _first(way.steps) is kind and self.thread.fits(way.needs)
        ]
        if not ways:
            return None

        def score(way: Way) -> float:
            first = next(step for step in way.steps if isinstance(step, Says | Answers))
            return max(likeness(line, heard) for line in first.speech.lines) + way.weight * 1e-4

        return max(ways, key=score)


def _first(steps: tuple[Step, ...]) -> type[Spoken] | None:
    for step in steps:
        if isinstance(step, Says | Answers):
            return type(step)
        if isinstance(step, Fork):
            return _first(step.ways[0].steps)
    return None
