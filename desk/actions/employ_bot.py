"""A program is taken on to answer customers first; it is changed, and let go again."""

import base64
import secrets as random
from typing import Any

import msgspec

from desk.actions.bot_ears import retune_ears
from desk.actions.hand_over import take_over_from
from desk.events.bots import AgentBotDismissed, AgentBotEmployed, AgentBotUpdated
from desk.events.catalogue import Fact
from desk.rules.webhook_signature import PREFIX
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx, WideTx
from desk.tables.bots import AgentBotRow
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound
from desk.words.ids import AccountId
from desk.words.web_address import web_address

LONGEST_NAME = 255
LONGEST_DESCRIPTION = 10_000
LARGEST_CONFIG = 16 * 1024

AnyTx = TenantTx | WideTx
"""An account's own transaction, or a platform's."""


def bot_token(secrets: SecretBox, agent_bot_id: int, token_round: int) -> str:
    """The bot's API token: derived, so that it can be shown again without being kept."""
    return secrets.token("agent bot", agent_bot_id, token_round)


async def employ_bot(
    tx: TenantTx, name: str, *, by: Actor, secrets: SecretBox, **details: Any
) -> Actor:
    """Give the account a bot of this name; the answer is who it is when it acts."""
    bot = await make_bot(tx, {"name": name, **details}, tx.account_id, by=by, secrets=secrets)
    return Actor.bot(bot.id)


async def make_bot(
    tx: AnyTx,
    details: dict[str, Any],
    account_id: AccountId | None,
    *,
    by: Actor,
    secrets: SecretBox,
) -> AgentBotRow:
    """Enter a bot with a token and a secret of its own; without an account it is the house's."""
    bot = AgentBotRow(
        account_id=account_id,
        name=_name(details.get("name")),
        created_at=tx.now,
        token_round=0,
        **_checked({key: value for key, value in details.items() if key != "name"}),
    )
    tx.session.add(bot)
    await tx.session.flush()
    bot.token_digest = secrets.digest(bot_token(secrets, bot.id, bot.token_round))
    bot.secret = _new_secret(bot.id, secrets)
    await _tell(tx, bot, AgentBotEmployed(bot.id), by)
    return bot


async def update_bot(
    tx: AnyTx, agent_bot_id: int, changes: dict[str, Any], *, by: Actor, secrets: SecretBox
) -> AgentBotRow:
    """Rename it, describe it anew, or tell it elsewhere."""
    bot = await _held(tx, agent_bot_id)
    new = _checked({key: value for key, value in changes.items() if key != "name"})
    if "name" in changes:
        new["name"] = _name(changes["name"])
    changed = [field for field, value in new.items() if getattr(bot, field) != value]
    for field in changed:
        setattr(bot, field, new[field])
    if "outgoing_url" in changed:
        await tx.session.flush()
        await retune_ears(tx, bot, secrets)
    if changed:
        await _tell(tx, bot, AgentBotUpdated(bot.id, sorted(changed)), by)
    return bot


async def dismiss_bot(tx: AnyTx, agent_bot_id: int, *, by: Actor) -> str | None:
    """Let it go: no inbox is met by it any more; where its picture lies, if it had one."""
    bot = await _held(tx, agent_bot_id)
    await _tell(tx, bot, AgentBotDismissed(bot.id), by)
    for account_id in await _where_at_work(tx, bot):
        await take_over_from(
            tx if isinstance(tx, TenantTx) else tx.within(AccountId(account_id)), bot.id
        )
    if isinstance(tx, WideTx):
        await tx.execute(
            "delete from platform_app_permissibles where kind = 'agent_bot' and object_id = %s",
            [bot.id],
        )
    await tx.session.delete(bot)
    return bot.avatar_path


async def renew_bot_token(
    tx: AnyTx, agent_bot_id: int, *, by: Actor, secrets: SecretBox
) -> AgentBotRow:
    """Give it another token; the one it had opens nothing from now on."""
    bot = await _held(tx, agent_bot_id)
    bot.token_round += 1
    bot.token_digest = secrets.digest(bot_token(secrets, bot.id, bot.token_round))
    await _tell(tx, bot, AgentBotUpdated(bot.id, ["access_token"]), by)
    return bot


async def renew_bot_secret(
    tx: AnyTx, agent_bot_id: int, *, by: Actor, secrets: SecretBox
) -> AgentBotRow:
    """Sign with another secret from the next try on."""
    bot = await _held(tx, agent_bot_id)
    bot.secret = _new_secret(bot.id, secrets)
    await tx.session.flush()
    await retune_ears(tx, bot, secrets)
    await _tell(tx, bot, AgentBotUpdated(bot.id, ["secret"]), by)
    return bot


async def picture_bot(
    tx: AnyTx, agent_bot_id: int, avatar_path: str | None, *, by: Actor
) -> str | None:
    """Give it another picture, or none; where the one it had lies."""
    bot = await _held(tx, agent_bot_id)
    before, bot.avatar_path = bot.avatar_path, avatar_path
    if before != avatar_path:
        await _tell(tx, bot, AgentBotUpdated(bot.id, ["avatar"]), by)
    return before


def _new_secret(agent_bot_id: int, secrets: SecretBox) -> bytes:
    value = PREFIX + base64.b64encode(random.token_bytes(32)).decode()
    return secrets.seal({"secret": value}, f"agent_bots:{agent_bot_id}")


async def _held(tx: AnyTx, agent_bot_id: int) -> AgentBotRow:
    """The row, locked: within an account only its own; the house's bots are the platform's."""
    row = await tx.session.get(AgentBotRow, agent_bot_id, with_for_update=True)
    if row is None or (isinstance(tx, TenantTx) and row.account_id != tx.account_id):
        raise NotFound("agent_bot_not_found", "There is no such bot.")
    return row


async def _tell(tx: AnyTx, bot: AgentBotRow, fact: Fact, by: Actor) -> None:
    if isinstance(tx, TenantTx):
        tx.record(fact, by=by)
        return
    whose = [bot.account_id] if bot.account_id is not None else await _where_at_work(tx, bot)
    for account_id in whose:
        tx.record(AccountId(account_id), fact, by=by)


async def _where_at_work(tx: AnyTx, bot: AgentBotRow) -> list[int]:
    rows = await tx.all(
        "select distinct account_id from agent_bot_inboxes where agent_bot_id = %s", [bot.id]
    )
    return [row["account_id"] for row in rows]


def _name(given: object) -> str:
    name = given.strip() if isinstance(given, str) else ""
    if not name or len(name) > LONGEST_NAME or "\x00" in name:
        raise Invalid(
            "bot_name_malformed",
            f"A bot needs a name of at most {LONGEST_NAME} characters.",
            field="name",
        )
    return name


def _checked(details: dict[str, Any]) -> dict[str, Any]:
    checked = dict(details)
    if "description" in checked:
        text = (checked["description"] or "").strip() or None
        if text is not None and (len(text) > LONGEST_DESCRIPTION or "\x00" in text):
            raise Invalid(
                "description_malformed",
                f"A description has at most {LONGEST_DESCRIPTION:,} characters.",
                field="description",
            )
        checked["description"] = text
    if "outgoing_url" in checked:
        url = checked["outgoing_url"]
        checked["outgoing_url"] = web_address(url, field="outgoing_url") if url else None
    if "bot_config" in checked:
        config = checked["bot_config"] or {}
        if len(msgspec.json.encode(config)) > LARGEST_CONFIG:
            raise Invalid("config_too_large", "At most 16 KiB fit.", field="bot_config")
        checked["bot_config"] = config
    return checked
