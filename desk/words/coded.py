"""Enumerations stored as small integers and shown as words."""

from enum import IntEnum
from typing import Self


class Coded(IntEnum):
    """An enumeration stored as a small integer and shown as its lower-case word."""

    @property
    def word(self) -> str:
        return self.name.lower()

    @classmethod
    def from_word(cls, word: str) -> Self:
        """Raises KeyError when the word is not one of ours."""
        return cls[word.upper()]
