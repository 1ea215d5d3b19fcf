"""What a kept filter looks through."""

from desk.words.coded import Coded


class FilterType(Coded):
    """Where a kept filter is offered."""

    CONVERSATION = 0
    CONTACT = 1
    REPORT = 2


MOST_FILTERS = 1000
"""Most filters one person keeps in one account."""
