"""Let a bot meet whoever comes in through an inbox, or let people do so again."""

from desk.actions.bot_ears import close_ear, open_ear
from desk.events.bots import InboxBotChanged
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.tables.bots import AgentBotRow, InboxBotRow
from desk.words.actor import Actor
from desk.words.errors import NotFound
from desk.words.ids import InboxId


async def set_inbox_bot(
    tx: TenantTx, inbox_id: InboxId, agent_bot_id: int | None, *, by: Actor, secrets: SecretBox
) -> None:
    """Connect this bot in place of whichever was there; conversations it has in hand stay so."""
    bot = await _bot(tx, agent_bot_id) if agent_bot_id is not None else None
    row = await tx.session.get(InboxBotRow, (tx.account_id, inbox_id), with_for_update=True)
    before = None if row is None else row.agent_bot_id
    if before == agent_bot_id:
        if bot is not None:
            # Whoever connects it again wants it to be told again.
            await open_ear(tx, tx.account_id, bot, secrets)
        return
    if row is None:
        row = InboxBotRow(
            account_id=tx.account_id, inbox_id=inbox_id, agent_bot_id=0, created_at=tx.now
        )
    if bot is None:
        await tx.session.delete(row)
    else:
        row.agent_bot_id = bot.id
        tx.session.add(row)
    await tx.session.flush()
    if bot is not None:
        await open_ear(tx, tx.account_id, bot, secrets)
    if before is not None:
        await close_ear(tx, before)
    tx.record(InboxBotChanged(inbox_id, before, agent_bot_id), by=by)


async def _bot(tx: TenantTx, agent_bot_id: int) -> AgentBotRow:
    bot = await tx.session.get(AgentBotRow, agent_bot_id)
    if bot is None or bot.account_id not in (None, tx.account_id):
        raise NotFound("agent_bot_not_found", "There is no such bot.")
    return bot
