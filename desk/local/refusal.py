"""How the machinery around the desk says that it cannot go on."""

from desk.words.errors import DeskError


class Refusal(DeskError):
    """`desk` cannot do what was asked on this machine; the sentence says why and what to do."""
