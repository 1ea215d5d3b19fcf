"""Saying that an agent is writing."""

from enum import StrEnum
from typing import Any

import msgspec
from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.tell_in_passing import tell_of_typing
from desk.store import agent_bots as bot_store
from desk.store import people as people_store
from desk.store.conversations import shapes
from desk.store.desk import Desk
from desk.store.frames_shapes import conversation_push
from desk.store.transaction import TenantTx
from desk.store.visible import visible_conversation
from desk.words.ids import DisplayId
from inbox_service.realtime.typing_notices import TypingNotices, Typist


class TypingStatus(StrEnum):
    """Whether the agent is writing."""

    ON = "on"
    OFF = "off"


class ToggleTyping(msgspec.Struct):
    """Begin or stop; it stops by itself after a while."""

    typing_status: TypingStatus
    is_private: bool = False


@post(
    "/conversations/{conversation_id:int}/toggle_typing_status",
    operation_id="toggle-typing-status-of-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_READ, "bots": True},
    status_code=200,
    tags=["Conversations"],
)
async def toggle_typing_status(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    typing_notices: NamedDependency[TypingNotices],
    conversation_id: FromPath[int],
    data: JSONBody[ToggleTyping],
) -> None:
    """Say that you are writing, or no longer; it ends by itself."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await visible_conversation(tx, DisplayId(conversation_id), viewer)
        who = await _who(tx, viewer)
        await tell_of_typing(
            tx,
            found["id"],
            who,
            on=data.typing_status is TypingStatus.ON,
            private=data.is_private,
        )
        shape = conversation_push((await shapes(tx, viewer.account_id, [found["id"]]))[found["id"]])
    typist = Typist(
        account_id=viewer.account_id,
        user_id=None if viewer.agent_bot_id is not None else viewer.user_id,
        agent_bot_id=viewer.agent_bot_id,
        display_id=found["display_id"],
        name=who["name"],
        conversation_id=found["id"],
        inbox_id=found["inbox_id"],
        assignee_id=found["assignee_id"],
        contact_token=found["contact_token"],
        private=data.is_private,
    )
    await typing_notices.tell(typist, shape, on=data.typing_status is TypingStatus.ON)


async def _who(tx: TenantTx, viewer: Viewer) -> dict[str, Any]:
    if viewer.agent_bot_id is not None:
        bot = await bot_store.agent_bot(tx, viewer.agent_bot_id)
        return {"id": bot["id"], "name": bot["name"], "type": "agent_bot"}
    agent = await people_store.agent(tx, viewer.user_id)
    return {
        "id": viewer.user_id,
        "name": agent["available_name"] if agent else "",
        "email": agent["email"] if agent else "",
        "type": "user",
    }


router = Router("", route_handlers=[toggle_typing_status])
