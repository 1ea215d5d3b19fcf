"""Bots, as a platform app makes them: for one account, or for all as the house's own."""

from typing import Any

from litestar import Request, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from desk.actions.employ_bot import dismiss_bot, make_bot, picture_bot, update_bot
from desk.actions.run_platform import permit
from desk.store import agent_bots as bot_store
from desk.store import platform as platform_store
from desk.store.avatars import LARGEST_FORM, drop_avatar
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.transaction import WideTx
from desk.words.actor import Actor
from desk.words.ids import AccountId
from inbox_service.api.bot_shape import AgentBot, TakesBot, said_of_bot, shown_bot
from inbox_service.api.platform.who import WIDE, PlatformApp
from inbox_service.auth.guard import PLATFORM
from inbox_service.auth.people import People
from ingest.inbox_contract import Site

AnyRequest = Request[Any, Any, Any]


@get("/agent_bots", operation_id="list-all-agent-bots", opt=PLATFORM)
async def list_bots(
    desk: NamedDependency[Desk], platform_app: NamedDependency[PlatformApp]
) -> list[AgentBot]:
    """The bots you made or were permitted."""
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        rows = await bot_store.bots_of_platform(tx, platform_app)
    return [shown_bot(row, desk, trusted=True) for row in rows]


@get("/agent_bots/{bot_id:int}", operation_id="get-details-of-a-single-agent-bot", opt=PLATFORM)
async def get_bot(
    desk: NamedDependency[Desk],
    platform_app: NamedDependency[PlatformApp],
    bot_id: FromPath[int],
) -> AgentBot:
    """One bot."""
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.require_bot(tx, platform_app, bot_id)
        return await _one(tx, desk, bot_id)


@post(
    "/agent_bots",
    operation_id="create-an-agent-bot",
    opt=PLATFORM,
    status_code=200,
    operation_class=TakesBot,
    request_max_body_size=LARGEST_FORM,
)
async def create_bot(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    site: NamedDependency[Site],
    platform_app: NamedDependency[PlatformApp],
) -> AgentBot:
    """Make a bot; without an account every account may put it to work."""
    said = await said_of_bot(request, files, site, None)
    details = {**said.columns, "avatar_path": said.avatar_path}
    by = Actor.platform(platform_app)
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        whose = None if said.account_id is None else AccountId(said.account_id)
        if whose is not None:
            await platform_store.account_for(tx, platform_app, whose)
        bot = await make_bot(tx, details, whose, by=by, secrets=desk.secrets)
        await permit(tx, platform_app, platform_store.AGENT_BOT, bot.id)
        return await _one(tx, desk, bot.id)


@patch(
    "/agent_bots/{bot_id:int}",
    operation_id="update-an-agent-bot",
    opt=PLATFORM,
    operation_class=TakesBot,
    request_max_body_size=LARGEST_FORM,
)
async def change_bot(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    site: NamedDependency[Site],
    platform_app: NamedDependency[PlatformApp],
    bot_id: FromPath[int],
) -> AgentBot:
    """Change its name, its description, where it is told, or its picture."""
    by = Actor.platform(platform_app)
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.require_bot(tx, platform_app, bot_id)
    said = await said_of_bot(request, files, site, None)
    before = None
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await update_bot(tx, bot_id, said.columns, by=by, secrets=desk.secrets)
        if said.avatar_path is not None:
            before = await picture_bot(tx, bot_id, said.avatar_path, by=by)
        shown = await _one(tx, desk, bot_id)
    await drop_avatar(files, before)
    return shown


@delete(
    "/agent_bots/{bot_id:int}",
    operation_id="delete-an-agent-bot",
    opt=PLATFORM,
    status_code=200,
)
async def delete_bot(
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    people: NamedDependency[People],
    platform_app: NamedDependency[PlatformApp],
    bot_id: FromPath[int],
) -> None:
    """Let it go, wherever it works; what it said stays."""
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.require_bot(tx, platform_app, bot_id)
        avatar = await dismiss_bot(tx, bot_id, by=Actor.platform(platform_app))
    people.forget_bot(bot_id)
    await drop_avatar(files, avatar)


@delete(
    "/agent_bots/{bot_id:int}/avatar",
    operation_id="delete-the-avatar-of-an-agent-bot",
    opt=PLATFORM,
    status_code=200,
)
async def delete_bot_avatar(
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    platform_app: NamedDependency[PlatformApp],
    bot_id: FromPath[int],
) -> AgentBot:
    """Take its picture away."""
    async with desk.transaction_across_accounts(reason=WIDE) as tx:
        await platform_store.require_bot(tx, platform_app, bot_id)
        before = await picture_bot(tx, bot_id, None, by=Actor.platform(platform_app))
        shown = await _one(tx, desk, bot_id)
    await drop_avatar(files, before)
    return shown


async def _one(tx: WideTx, desk: Desk, bot_id: int) -> AgentBot:
    return shown_bot(await bot_store.any_bot(tx, bot_id), desk, trusted=True)
