"""Answers of the lake that can be given again, for what they were asked of never changes."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sized
from typing import Any, TypeVar

MOST_ROWS = 200_000
"""How many rows of all answers together are kept; what was asked for least recently goes first."""

LONGEST = 21_000
"""An answer of more rows is not kept."""

MOST_HEARD = 2_000
"""Of so many questions it is known that they were asked."""

T = TypeVar("T", bound=Sized)


class Remembered:
    """Answers by their question's words."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: OrderedDict[tuple[object, ...], Any] = OrderedDict()
        self._rows = 0
        self._heard: OrderedDict[tuple[object, ...], int] = OrderedDict()

    def times_heard(self, question: tuple[object, ...]) -> int:
        """How often it was asked, this time included, as far as is known."""
        with self._lock:
            times = self._heard[question] = self._heard.get(question, 0) + 1
            self._heard.move_to_end(question)
            if len(self._heard) > MOST_HEARD:
                self._heard.popitem(last=False)
            return times

    def get(self, question: tuple[object, ...], ask: Callable[[], T]) -> T:
        """The answer, asked for only if it is not known; nobody may change it."""
        with self._lock:
            if question in self._answers:
                self._answers.move_to_end(question)
                found: T = self._answers[question]
                return found
        answer = ask()
        rows = len(answer) + 1
        if rows <= LONGEST:
            with self._lock:
                if question not in self._answers:
                    self._answers[question] = answer
                    self._rows += rows
                while self._rows > MOST_ROWS:
                    _, gone = self._answers.popitem(last=False)
                    self._rows -= len(gone) + 1
        return answer

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._answers.clear()
            self._heard.clear()
            self._rows = 0
