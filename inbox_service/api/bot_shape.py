"""A bot as clients see it, and what they may say about one."""

from typing import Any

import msgspec
from litestar import Request

from desk.actions.bot_ears import bot_secret
from desk.actions.employ_bot import bot_token
from desk.store.avatars import NO_ACCOUNT, keep_avatar
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.errors import Invalid
from desk.words.ids import AccountId
from inbox_service.api.given import Given, given, opened, picture, sent, takes, understood
from ingest.inbox_contract import Site

Unset = msgspec.UnsetType
UNSET = msgspec.UNSET

WEBHOOK = "webhook"
"""The one type of bot there is."""

TakesBot = takes(
    "name", "description", "outgoing_url", "bot_type", "bot_config", "avatar_url",
    objects=("bot_config",), avatar=True,
)  # fmt: skip


class AgentBot(msgspec.Struct):
    """A program that answers customers under a name of its own."""

    id: int
    name: str
    description: str | None
    thumbnail: str
    outgoing_url: str | None
    bot_type: str
    bot_config: dict[str, Any]
    account_id: int | None
    access_token: str | None
    """For those who may manage the desk."""
    secret: str | None
    """What it is told is signed with it; for those who may manage the desk."""
    system_bot: bool


class BotFields(msgspec.Struct):
    """What can be said about a bot; what is not sent stays as it is."""

    name: str | Unset = UNSET
    description: str | Unset | None = UNSET
    outgoing_url: str | Unset | None = UNSET
    bot_type: int | str | Unset | None = UNSET
    bot_config: dict[str, Any] | Unset | None = UNSET
    avatar_url: str | Unset | None = UNSET
    account_id: int | Unset | None = UNSET
    """Whose it is, where a platform app makes it."""


class Said(msgspec.Struct, frozen=True):
    """The bot's own columns, its account, and its new picture's path."""

    columns: dict[str, Any]
    account_id: int | None
    avatar_path: str | None


def shown_bot(row: dict[str, Any], desk: Desk, *, trusted: bool, own: bool = True) -> AgentBot:
    """The bot as this reader may see it: of the house's bot an account learns no address."""
    return AgentBot(
        id=row["id"],
        name=row["name"],
        description=row["description"],
        thumbnail=absolute(desk, row["avatar_path"]),
        outgoing_url=row["outgoing_url"] if own else None,
        bot_type=WEBHOOK,
        bot_config=row["bot_config"] if own else {},
        account_id=row["account_id"],
        access_token=bot_token(desk.secrets, row["id"], row["token_round"])
        if trusted and own and row["has_token"]
        else None,
        secret=bot_secret(row["id"], row["secret"], desk.secrets) if trusted and own else None,
        system_bot=row["account_id"] is None,
    )


def absolute(desk: Desk, path: str | None) -> str:
    """The whole address of a picture; empty where there is none."""
    return f"{desk.settings.addresses.public_url.rstrip('/')}{path}" if path else ""


async def said_of_bot(
    request: Request[Any, Any, Any], files: FileStore, site: Site, account_id: AccountId | None
) -> Said:
    """What the request says of a bot; its picture is kept already. Raises Invalid."""
    body = await given(request)
    bot = understood(opened(body.fields, "bot_config"), BotFields)
    if bot.bot_type not in (UNSET, None, 0, "0", WEBHOOK):
        raise Invalid("unknown_bot_type", "bot_type must be webhook.", field="bot_type")
    columns = {
        name: value
        for name, value in sent(bot).items()
        if name in ("name", "description", "outgoing_url", "bot_config")
    }
    whose = bot.account_id if isinstance(bot.account_id, int) else None
    return Said(columns, whose, await _avatar(body, bot, files, site, account_id))


async def _avatar(
    body: Given, bot: BotFields, files: FileStore, site: Site, account_id: AccountId | None
) -> str | None:
    url = bot.avatar_url if isinstance(bot.avatar_url, str) and bot.avatar_url else None
    if body.avatar is None and url is None:
        return None
    content = await picture(body.avatar, url, site.http)
    return await keep_avatar(files, account_id or NO_ACCOUNT, content)
