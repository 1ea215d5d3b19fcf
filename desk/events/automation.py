"""Facts about automation: rules kept and dropped, firings, and those that were stopped."""

import msgspec

from desk.words.ids import ConversationId


class AutomationRuleCreated(msgspec.Struct, frozen=True, tag="automation_rule_created"):
    """A rule was made."""

    rule_id: int


class AutomationRuleUpdated(msgspec.Struct, frozen=True, tag="automation_rule_updated"):
    """A rule was changed, switched on or off."""

    rule_id: int
    fields: list[str]


class AutomationRuleDeleted(msgspec.Struct, frozen=True, tag="automation_rule_deleted"):
    """A rule is no more; what it did stays on record."""

    rule_id: int


class AutomationRuleFired(msgspec.Struct, frozen=True, tag="automation_rule_fired"):
    """A rule's conditions were met by a fact, and it did what it is for."""

    rule_id: int
    run_id: int
    conversation_id: ConversationId
    event_id: int
    """The fact that was met."""


class AutomationRuleStopped(msgspec.Struct, frozen=True, tag="automation_rule_stopped"):
    """A rule would have gone in a circle, and did not fire."""

    rule_id: int
    run_id: int
    conversation_id: ConversationId
    event_id: int
    after_rules: list[int]
    """The rules whose firing had led there, oldest first."""


class SmsSenderChanged(msgspec.Struct, frozen=True, tag="sms_sender_changed"):
    """The account's text messages come from another number, or from none."""

    removed: bool = False
