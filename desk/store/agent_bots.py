"""Reading bots: who they are, where they work, and what their token opens."""

from typing import Any

import msgspec

from desk.access.audience import Viewer
from desk.store.people import Member
from desk.store.transaction import TenantTx, WideTx
from desk.words.errors import NotFound
from desk.words.ids import UserId
from desk.words.people import Availability, Role

NOBODY = UserId(0)

_BOT = """
select b.id, b.account_id, b.name, b.description, b.outgoing_url, b.bot_config, b.secret,
       b.avatar_path, b.token_digest is not null as has_token, b.token_round
from agent_bots b"""

_AT_WORK = """
select a.suspended,
       array(select i.inbox_id from agent_bot_inboxes i
             where i.account_id = a.id and i.agent_bot_id = %(bot)s and i.status = 0) as inbox_ids
from accounts a where a.id = %(account)s and a.deleted_at is null"""


class BotToken(msgspec.Struct, frozen=True):
    """Whose token it is."""

    agent_bot_id: int
    account_id: int | None
    """Absent: the house's own bot, which works where it was put to work."""


async def bot_of_digest(tx: WideTx, digest: bytes) -> BotToken | None:
    """The bot whose token has this digest, or nothing."""
    row = await tx.first(
        "select id as agent_bot_id, account_id from agent_bots where token_digest = %s", [digest]
    )
    return None if row is None else BotToken(**row)


async def bot_at_work(tx: TenantTx, bot: BotToken) -> Member | None:
    """What the bot may see in the account: its own account's bot all, another its inboxes."""
    row = await tx.first(_AT_WORK, {"account": tx.account_id, "bot": bot.agent_bot_id})
    own = bot.account_id == tx.account_id
    if row is None or not (own or (bot.account_id is None and row["inbox_ids"])):
        return None
    viewer = Viewer(
        tx.account_id,
        NOBODY,
        Role.ADMINISTRATOR if own else Role.AGENT,
        frozenset(row["inbox_ids"]),
        agent_bot_id=bot.agent_bot_id,
    )
    return Member(viewer, Availability.ONLINE, False, bool(row["suspended"]))


async def agent_bots(tx: TenantTx) -> list[dict[str, Any]]:
    """The account's bots and the house's, oldest first."""
    return await tx.all(
        f"{_BOT} where b.account_id = %s or b.account_id is null order by b.id", [tx.account_id]
    )


async def agent_bot(tx: TenantTx, agent_bot_id: int) -> dict[str, Any]:
    """One of them; raises NotFound."""
    row = await tx.first(
        f"{_BOT} where b.id = %s and (b.account_id = %s or b.account_id is null)",
        [agent_bot_id, tx.account_id],
    )
    return _there(row)


async def bots_of_platform(tx: WideTx, platform_app_id: int) -> list[dict[str, Any]]:
    """The bots a platform app may touch, oldest first."""
    return await tx.all(
        f"""{_BOT} join platform_app_permissibles p on p.kind = 'agent_bot' and p.object_id = b.id
            where p.platform_app_id = %s order by b.id""",
        [platform_app_id],
    )


async def any_bot(tx: WideTx, agent_bot_id: int) -> dict[str, Any]:
    """A bot, whosever it is; raises NotFound."""
    return _there(await tx.first(f"{_BOT} where b.id = %s", [agent_bot_id]))


async def bot_of_inbox(tx: TenantTx, inbox_id: int) -> dict[str, Any] | None:
    """The bot that meets whoever comes in through the inbox, or nothing."""
    return await tx.first(
        f"""{_BOT} join agent_bot_inboxes i on i.agent_bot_id = b.id
            where i.account_id = %s and i.inbox_id = %s""",
        [tx.account_id, inbox_id],
    )


async def is_met_by_bot(tx: TenantTx, inbox_id: int) -> bool:
    """Whether a bot is at the inbox's door; one that has not listened for long is not."""
    row = await tx.one(
        """select exists (
               select from agent_bot_inboxes i
               left join webhooks w on w.account_id = i.account_id
                   and w.agent_bot_id = i.agent_bot_id
               where i.account_id = %s and i.inbox_id = %s and i.status = 0
                 and w.paused_at is null) as met""",
        [tx.account_id, inbox_id],
    )
    return bool(row["met"])


def _there(row: dict[str, Any] | None) -> dict[str, Any]:
    if row is None:
        raise NotFound("agent_bot_not_found", "There is no such bot.")
    return row
