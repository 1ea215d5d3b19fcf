"""A program is taken on to answer customers first."""

from desk.events.bots import AgentBotEmployed
from desk.store.transaction import TenantTx
from desk.tables.bots import AgentBotRow
from desk.words.actor import Actor
from desk.words.errors import Invalid

LONGEST_NAME = 255


async def employ_bot(
    tx: TenantTx, name: str, *, by: Actor, description: str | None = None
) -> Actor:
    """Give the bot its name; the answer is who it is when it acts."""
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(
            "bot_name_malformed",
            f"A bot needs a name of at most {LONGEST_NAME} characters.",
            field="name",
        )
    bot = AgentBotRow(
        account_id=tx.account_id, name=name, description=description, created_at=tx.now
    )
    tx.session.add(bot)
    await tx.session.flush()
    tx.record(AgentBotEmployed(bot.id), by=by)
    return Actor.bot(bot.id)
