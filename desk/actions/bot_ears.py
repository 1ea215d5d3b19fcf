"""A bot's ear: the endpoint at which an account's deliveries reach it, kept like a webhook's."""

from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx, WideTx
from desk.tables.bots import AgentBotRow
from desk.words.webhooks import BOTS_EAR

_OPEN = """
insert into webhooks (account_id, agent_bot_id, url, name, subscriptions, created_at, updated_at)
values (%(account)s, %(bot)s, %(url)s, %(name)s, %(heard)s, %(now)s, %(now)s)
on conflict (account_id, agent_bot_id) do update
set url = excluded.url, name = excluded.name, updated_at = excluded.updated_at,
    paused_at = null, paused_reason = null, failing_since = null, failures = 0,
    resting_until = null, last_error = null
returning id"""


async def open_ear(
    tx: TenantTx | WideTx, account_id: int, bot: AgentBotRow, secrets: SecretBox
) -> None:
    """Let the bot hear the account at its address, under its secret; deaf where it has none."""
    if bot.outgoing_url is None:
        await tx.execute(
            "delete from webhooks where account_id = %s and agent_bot_id = %s",
            [account_id, bot.id],
        )
        return
    row = await tx.one(
        _OPEN,
        {
            "account": account_id,
            "bot": bot.id,
            "url": bot.outgoing_url,
            "name": bot.name,
            "heard": [BOTS_EAR],
            "now": tx.now,
        },
    )
    secret = bot_secret(bot.id, bot.secret, secrets)
    sealed = None if secret is None else secrets.seal({"secret": secret}, f"webhooks:{row['id']}")
    await tx.execute(
        "update webhooks set secret = %s where account_id = %s and id = %s",
        [sealed, account_id, row["id"]],
    )


async def retune_ears(tx: TenantTx | WideTx, bot: AgentBotRow, secrets: SecretBox) -> None:
    """Its address or secret is another: so it is wherever the bot is at work."""
    rows = await tx.all(
        "select distinct account_id from agent_bot_inboxes where agent_bot_id = %s", [bot.id]
    )
    for row in rows:
        await open_ear(tx, row["account_id"], bot, secrets)


async def close_ear(tx: TenantTx, agent_bot_id: int) -> None:
    """The bot hears nothing of the account once it meets nobody there."""
    await tx.execute(
        """delete from webhooks w where w.account_id = %(account)s and w.agent_bot_id = %(bot)s
             and not exists (select from agent_bot_inboxes i
                 where i.account_id = %(account)s and i.agent_bot_id = %(bot)s)""",
        {"account": tx.account_id, "bot": agent_bot_id},
    )


def bot_secret(agent_bot_id: int, sealed: bytes | None, secrets: SecretBox) -> str | None:
    """The secret in the clear, for its administrators and for signing."""
    if sealed is None:
        return None
    return str(secrets.open(sealed, f"agent_bots:{agent_bot_id}")["secret"])
