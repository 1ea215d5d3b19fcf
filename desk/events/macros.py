"""Facts about macros; what they say and do stays in the row."""

import msgspec

from desk.words.ids import ConversationId


class MacroCreated(msgspec.Struct, frozen=True, tag="macro_created"):
    """Somebody put several actions under one name."""

    macro_id: int


class MacroUpdated(msgspec.Struct, frozen=True, tag="macro_updated"):
    """A macro was renamed, shared or does something else."""

    macro_id: int
    fields: list[str]


class MacroDeleted(msgspec.Struct, frozen=True, tag="macro_deleted"):
    """A macro is no more; what was done by it stays on record."""

    macro_id: int


class MacroExecuted(msgspec.Struct, frozen=True, tag="macro_executed"):
    """Somebody ran a macro on a conversation."""

    macro_id: int
    run_id: int
    conversation_id: ConversationId
