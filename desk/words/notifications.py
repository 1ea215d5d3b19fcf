"""What a person at the desk can be told about, with the codes the tables hold."""

from desk.words.coded import Coded


class NotificationKind(Coded):
    """Why somebody is told."""

    CONVERSATION_CREATION = 1
    CONVERSATION_ASSIGNMENT = 2
    ASSIGNED_CONVERSATION_NEW_MESSAGE = 3
    CONVERSATION_MENTION = 4
    PARTICIPATING_CONVERSATION_NEW_MESSAGE = 5
    SLA_MISSED_FIRST_RESPONSE = 6
    SLA_MISSED_NEXT_RESPONSE = 7
    SLA_MISSED_RESOLUTION = 8


TOLD_ANYWAY = frozenset({NotificationKind.CONVERSATION_MENTION})
"""Somebody called by name is told whatever their settings."""

TOLD_AT_FIRST = frozenset(
    {
        NotificationKind.CONVERSATION_ASSIGNMENT,
        NotificationKind.ASSIGNED_CONVERSATION_NEW_MESSAGE,
        NotificationKind.CONVERSATION_MENTION,
        NotificationKind.SLA_MISSED_FIRST_RESPONSE,
        NotificationKind.SLA_MISSED_NEXT_RESPONSE,
        NotificationKind.SLA_MISSED_RESOLUTION,
    }
)
"""What a person is told in the page until they choose otherwise."""
