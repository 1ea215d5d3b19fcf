"""The bot that meets whoever comes in through an inbox."""

from typing import Any

import msgspec
from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.set_inbox_bot import set_inbox_bot
from desk.store import agent_bots as bot_store
from desk.store.desk import Desk
from desk.store.inboxes import inbox
from desk.words.ids import InboxId
from inbox_service.api.answers import answers
from inbox_service.api.bot_shape import shown_bot
from inbox_service.auth.people import People


class InboxBot(msgspec.Struct):
    """The bot at the door; an empty object where people are."""

    agent_bot: dict[str, Any]


class SetAgentBot(msgspec.Struct):
    """Which bot; null for none."""

    agent_bot: int | None


@get(
    "/inboxes/{inbox_id:int}/agent_bot",
    operation_id="getInboxAgentBot",
    opt={"needs": Permission.DESK_READ},
    responses=answers(InboxBot),
)
async def get_inbox_bot(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], inbox_id: FromPath[int]
) -> Response[dict[str, Any]]:
    """The bot at the inbox's door."""
    async with desk.transaction(viewer.account_id) as tx:
        await inbox(tx, inbox_id, viewer)
        row = await bot_store.bot_of_inbox(tx, inbox_id)
    if row is None:
        return Response({"agent_bot": {}})
    own = row["account_id"] is not None
    return Response({"agent_bot": shown_bot(row, desk, trusted=viewer.sees_all, own=own)})


@post(
    "/inboxes/{inbox_id:int}/set_agent_bot",
    operation_id="updateAgentBot",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def change_inbox_bot(
    desk: NamedDependency[Desk],
    people: NamedDependency[People],
    viewer: NamedDependency[Viewer],
    inbox_id: FromPath[int],
    data: JSONBody[SetAgentBot],
) -> None:
    """Let this bot meet whoever comes in, or nobody but people."""
    async with desk.transaction(viewer.account_id) as tx:
        await inbox(tx, inbox_id, viewer)
        await set_inbox_bot(
            tx, InboxId(inbox_id), data.agent_bot, by=viewer.actor, secrets=desk.secrets
        )
    people.forget_account(viewer.account_id)


router = Router("", route_handlers=[get_inbox_bot, change_inbox_bot], tags=["Inboxes"])
