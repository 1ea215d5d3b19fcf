"""Who may run a macro."""

from desk.words.coded import Coded


class Visibility(Coded):
    """Only whoever made it, or everybody."""

    PERSONAL = 0
    GLOBAL = 1
