"""The bots of an account."""

from typing import Any

from litestar import Request, Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.employ_bot import (
    dismiss_bot,
    make_bot,
    picture_bot,
    renew_bot_secret,
    renew_bot_token,
    update_bot,
)
from desk.store import agent_bots as bot_store
from desk.store.avatars import LARGEST_FORM, drop_avatar
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.store.transaction import TenantTx
from inbox_service.api.bot_shape import AgentBot, TakesBot, said_of_bot, shown_bot
from inbox_service.auth.people import People
from ingest.inbox_contract import Site

AnyRequest = Request[Any, Any, Any]


@get(
    "/agent_bots",
    operation_id="list-all-account-agent-bots",
    opt={"needs": Permission.DESK_READ},
)
async def list_bots(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> list[AgentBot]:
    """The account's bots, and those of the house."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await bot_store.agent_bots(tx)
    return [_shown(row, desk, viewer) for row in rows]


@get(
    "/agent_bots/{bot_id:int}",
    operation_id="get-details-of-a-single-account-agent-bot",
    opt={"needs": Permission.DESK_READ},
)
async def get_bot(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], bot_id: FromPath[int]
) -> AgentBot:
    """One bot."""
    async with desk.transaction(viewer.account_id) as tx:
        return await _one(tx, desk, viewer, bot_id)


@post(
    "/agent_bots",
    operation_id="create-an-account-agent-bot",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
    operation_class=TakesBot,
    request_max_body_size=LARGEST_FORM,
)
async def create_bot(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    site: NamedDependency[Site],
    viewer: NamedDependency[Viewer],
) -> AgentBot:
    """Take a bot on; it has a token and a secret of its own from the beginning."""
    said = await said_of_bot(request, files, site, viewer.account_id)
    details = {**said.columns, "avatar_path": said.avatar_path}
    async with desk.transaction(viewer.account_id) as tx:
        bot = await make_bot(tx, details, viewer.account_id, by=viewer.actor, secrets=desk.secrets)
        return await _one(tx, desk, viewer, bot.id)


@patch(
    "/agent_bots/{bot_id:int}",
    operation_id="update-an-account-agent-bot",
    opt={"needs": Permission.DESK_MANAGE},
    operation_class=TakesBot,
    request_max_body_size=LARGEST_FORM,
)
async def change_bot(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    site: NamedDependency[Site],
    viewer: NamedDependency[Viewer],
    bot_id: FromPath[int],
) -> AgentBot:
    """Change its name, its description, where it is told, or its picture."""
    said = await said_of_bot(request, files, site, viewer.account_id)
    before = None
    async with desk.transaction(viewer.account_id) as tx:
        await update_bot(tx, bot_id, said.columns, by=viewer.actor, secrets=desk.secrets)
        if said.avatar_path is not None:
            before = await picture_bot(tx, bot_id, said.avatar_path, by=viewer.actor)
        shown = await _one(tx, desk, viewer, bot_id)
    await drop_avatar(files, before)
    return shown


@delete(
    "/agent_bots/{bot_id:int}",
    operation_id="delete-an-account-agent-bot",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def delete_bot(
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    people: NamedDependency[People],
    viewer: NamedDependency[Viewer],
    bot_id: FromPath[int],
) -> None:
    """Let it go; what it said stays."""
    async with desk.transaction(viewer.account_id) as tx:
        avatar = await dismiss_bot(tx, bot_id, by=viewer.actor)
    people.forget_bot(bot_id)
    await drop_avatar(files, avatar)


@delete(
    "/agent_bots/{bot_id:int}/avatar",
    operation_id="delete-the-avatar-of-an-account-agent-bot",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def delete_bot_avatar(
    desk: NamedDependency[Desk],
    files: NamedDependency[FileStore],
    viewer: NamedDependency[Viewer],
    bot_id: FromPath[int],
) -> AgentBot:
    """Take its picture away."""
    async with desk.transaction(viewer.account_id) as tx:
        before = await picture_bot(tx, bot_id, None, by=viewer.actor)
        shown = await _one(tx, desk, viewer, bot_id)
    await drop_avatar(files, before)
    return shown


@post(
    "/agent_bots/{bot_id:int}/reset_access_token",
    operation_id="reset-the-access-token-of-an-account-agent-bot",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def reset_bot_token(
    desk: NamedDependency[Desk],
    people: NamedDependency[People],
    viewer: NamedDependency[Viewer],
    bot_id: FromPath[int],
) -> AgentBot:
    """Give it another token; the one it had opens nothing any more."""
    async with desk.transaction(viewer.account_id) as tx:
        await renew_bot_token(tx, bot_id, by=viewer.actor, secrets=desk.secrets)
        shown = await _one(tx, desk, viewer, bot_id)
    people.forget_bot(bot_id)
    return shown


@post(
    "/agent_bots/{bot_id:int}/reset_secret",
    operation_id="reset-the-secret-of-an-account-agent-bot",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def reset_bot_secret(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], bot_id: FromPath[int]
) -> AgentBot:
    """Sign what it is told with another secret."""
    async with desk.transaction(viewer.account_id) as tx:
        await renew_bot_secret(tx, bot_id, by=viewer.actor, secrets=desk.secrets)
        return await _one(tx, desk, viewer, bot_id)


async def _one(tx: TenantTx, desk: Desk, viewer: Viewer, bot_id: int) -> AgentBot:
    return _shown(await bot_store.agent_bot(tx, bot_id), desk, viewer)


def _shown(row: dict[str, Any], desk: Desk, viewer: Viewer) -> AgentBot:
    own = row["account_id"] is not None
    return shown_bot(row, desk, trusted=viewer.sees_all, own=own)


router = Router(
    "",
    route_handlers=[
        list_bots,
        get_bot,
        create_bot,
        change_bot,
        delete_bot,
        delete_bot_avatar,
        reset_bot_token,
        reset_bot_secret,
    ],
    tags=["Account AgentBots"],
)
