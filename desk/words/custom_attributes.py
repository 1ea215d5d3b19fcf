"""What an account's own attributes belong to, and the types they have."""

from desk.words.coded import Coded


class AttributeModel(Coded):
    """What an attribute is said of."""

    CONVERSATION_ATTRIBUTE = 0
    CONTACT_ATTRIBUTE = 1


class AttributeType(Coded):
    """What its values are."""

    TEXT = 0
    NUMBER = 1
    CURRENCY = 2
    PERCENT = 3
    LINK = 4
    DATE = 5
    LIST = 6
    CHECKBOX = 7


NUMBERS = frozenset({AttributeType.NUMBER, AttributeType.CURRENCY, AttributeType.PERCENT})

MOST_ATTRIBUTES = 100
"""Most keys of one contact's or conversation's attributes."""
LONGEST_VALUE = 1500
LARGEST_NUMBER = 9_999_999_999
LARGEST_OBJECT = 32 * 1024
"""Most bytes of all of them together."""
