"""What happens to an account's bots."""

import msgspec


class AgentBotEmployed(msgspec.Struct, frozen=True, tag="agent_bot_employed"):
    """A program began to answer under a name of its own."""

    agent_bot_id: int
