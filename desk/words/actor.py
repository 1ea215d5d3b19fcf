"""Who did it: every fact names one."""

from enum import StrEnum

import msgspec

from desk.words.ids import ContactId, UserId


class ActorKind(StrEnum):
    """Customer, agent, bot, automation rule, a platform's program, or the system itself."""

    CONTACT = "contact"
    USER = "user"
    BOT = "bot"
    RULE = "rule"
    PLATFORM = "platform"
    SYSTEM = "system"


class Actor(msgspec.Struct, frozen=True, omit_defaults=True):
    """The one who acts; `id` is of the kind's own table and absent for the system."""

    kind: ActorKind
    id: int | None = None

    @classmethod
    def user(cls, user_id: UserId) -> "Actor":
        return cls(ActorKind.USER, user_id)

    @classmethod
    def contact(cls, contact_id: ContactId) -> "Actor":
        return cls(ActorKind.CONTACT, contact_id)

    @classmethod
    def rule(cls, rule_id: int) -> "Actor":
        return cls(ActorKind.RULE, rule_id)

    @classmethod
    def bot(cls, agent_bot_id: int) -> "Actor":
        return cls(ActorKind.BOT, agent_bot_id)

    @classmethod
    def platform(cls, platform_app_id: int) -> "Actor":
        return cls(ActorKind.PLATFORM, platform_app_id)

    @classmethod
    def system(cls) -> "Actor":
        return cls(ActorKind.SYSTEM)
