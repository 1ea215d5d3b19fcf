"""What happens to an account's bots."""

import msgspec

from desk.words.ids import InboxId


class AgentBotEmployed(msgspec.Struct, frozen=True, tag="agent_bot_employed"):
    """A program began to answer under a name of its own."""

    agent_bot_id: int


class AgentBotUpdated(msgspec.Struct, frozen=True, tag="agent_bot_updated"):
    """A bot was renamed, described anew, or is told elsewhere."""

    agent_bot_id: int
    fields: list[str]


class AgentBotDismissed(msgspec.Struct, frozen=True, tag="agent_bot_dismissed"):
    """A bot works for the account no longer; what it said stays."""

    agent_bot_id: int


class InboxBotChanged(msgspec.Struct, frozen=True, tag="inbox_bot_changed"):
    """Another bot meets whoever comes in through an inbox, or none does."""

    inbox_id: InboxId
    before: int | None
    after: int | None
