"""Facts about customers' ratings."""

import msgspec

from desk.words.ids import ConversationId, UserId


class RatingAsked(msgspec.Struct, frozen=True, tag="rating_asked"):
    """The customer was asked; credit goes to the last agent who replied before."""

    conversation_id: ConversationId
    survey_id: int
    agent_id: UserId | None


class RatingGiven(msgspec.Struct, frozen=True, tag="rating_given"):
    """The customer answered, 1 to 5; the last answer counts."""

    conversation_id: ConversationId
    survey_id: int
    rating: int
    agent_id: UserId | None
