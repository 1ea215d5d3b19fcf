"""What has come up in a conversation, so that what is said next fits it."""

from random import Random

from desk.local.demo.phrase_book.story import Line, Speech, Story
from desk.local.demo.phrase_book.template import choose, slots_in


class Thread:
    """The topics raised and the codes named so far."""

    def __init__(self, story: Story, coded: frozenset[str]) -> None:
        asked = frozenset(slot for line in story.opens.lines for slot in line.slots)
        self._unnamed = set(asked & coded)
        self.topics: set[str] = set()
        self.misfits = 0

    def pick(self, speech: Speech, tag: str, chance: Random) -> str:
        """One fitting way of saying it, its choices made and its slots open."""
        line = chance.choice(self._narrowed(speech.lines, tag, chance))
        text = choose(line.text, chance)
        self.note(line, text)
        return text

    def note(self, line: Line, text: str) -> None:
        """Keeps in mind what a line that was said has brought up."""
        self.topics |= line.gives
        self._unnamed -= slots_in(text)

    def fits(self, needs: frozenset[str]) -> bool:
        return not needs or bool(needs & self.topics)

    def has_words_for(self, speech: Speech, tag: str) -> bool:
        """Whether anything fits what has come up."""
        return any(line.tag in (None, tag) and self.fits(line.needs) for line in speech.lines)

    def _narrowed(self, lines: tuple[Line, ...], tag: str, chance: Random) -> list[Line]:
        open_to_all = [line for line in lines if line.tag in (None, tag)] or list(lines)
        fitting = [line for line in open_to_all if self.fits(line.needs)]
        if not fitting:
            self.misfits += 1
            fitting = open_to_all
        informed = [line for line in fitting if not line.slots & self._unnamed] or fitting
        to_the_point = [line for line in informed if line.needs]
        if to_the_point and chance.random() < 0.88:
            informed = to_the_point
        special = [line for line in informed if line.tag]
        return special if special and chance.random() < 0.5 else informed
