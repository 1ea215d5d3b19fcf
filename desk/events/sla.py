"""Facts about service levels: what was promised to whom, and how it came out."""

from datetime import datetime

import msgspec

from desk.words.ids import ConversationId


class SlaPolicyCreated(msgspec.Struct, frozen=True, tag="sla_policy_created"):
    """The account promises something new."""

    sla_policy_id: int


class SlaPolicyUpdated(msgspec.Struct, frozen=True, tag="sla_policy_updated"):
    """A policy was renamed or promises something else from now on."""

    sla_policy_id: int
    fields: list[str]


class SlaPolicyDeleted(msgspec.Struct, frozen=True, tag="sla_policy_deleted"):
    """A policy is promised to nobody any more; what was promised by it stands."""

    sla_policy_id: int


class SlaApplied(msgspec.Struct, frozen=True, tag="sla_applied"):
    """A conversation got a policy: what it promises, and until when."""

    conversation_id: ConversationId
    sla_policy_id: int
    applied_sla_id: int
    began_at: datetime
    first_response_due_at: datetime | None = None
    resolution_due_at: datetime | None = None
    next_response_seconds: float | None = None
    only_during_business_hours: bool = False


class SlaMet(msgspec.Struct, frozen=True, tag="sla_met"):
    """A promise was kept: the reply or the end came in time."""

    conversation_id: ConversationId
    sla_policy_id: int
    applied_sla_id: int
    promise: str
    began_at: datetime
    due_at: datetime
    ended_at: datetime
    message_id: int | None = None
    """Of a next response: the customer's message that waited."""


class SlaMissed(msgspec.Struct, frozen=True, tag="sla_missed"):
    """A promise was broken: it fell due, and nothing had happened."""

    conversation_id: ConversationId
    sla_policy_id: int
    applied_sla_id: int
    promise: str
    began_at: datetime
    due_at: datetime
    message_id: int | None = None


class SlaSettled(msgspec.Struct, frozen=True, tag="sla_settled"):
    """The conversation was resolved: its service level is hit or missed, once and for all."""

    conversation_id: ConversationId
    sla_policy_id: int
    applied_sla_id: int
    status: int
