"""Who takes part in a conversation beside its assignee."""

from typing import Annotated

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.change_participants import change_participants
from desk.store.conversations import conversation_by_number
from desk.store.desk import Desk
from desk.store.participants import participant_ids, participants
from desk.store.presence import Presence
from desk.store.visible import visible_conversation
from desk.words.actor import Actor
from desk.words.ids import ConversationId, DisplayId
from inbox_service.api.agents import Agent, shown

MOST = 200


class ParticipantsGiven(msgspec.Struct):
    """Agents, by id."""

    user_ids: Annotated[list[int], Meta(max_length=MOST)]


@get(
    "/conversations/{conversation_id:int}/participants",
    operation_id="list-participants",
    opt={"needs": Permission.CONVERSATIONS_READ},
)
async def list_participants(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    conversation_id: FromPath[int],
) -> list[Agent]:
    """Those who had the conversation, or were called into it."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await visible_conversation(tx, DisplayId(conversation_id), viewer)
        rows = await participants(tx, ConversationId(found["id"]))
    return await shown(rows, viewer.account_id, presence)


@post(
    "/conversations/{conversation_id:int}/participants",
    operation_id="add-participants",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
)
async def add_participants(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    conversation_id: FromPath[int],
    data: JSONBody[ParticipantsGiven],
) -> list[Agent]:
    """Call agents into it; it answers with those who were named, as Chatwoot does."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        await change_participants(
            tx, conversation, join=data.user_ids, by=Actor.user(viewer.user_id)
        )
        rows = await participants(tx, ConversationId(conversation.id))
    named = [row for row in rows if row["id"] in set(data.user_ids)]
    return await shown(named, viewer.account_id, presence)


@patch(
    "/conversations/{conversation_id:int}/participants",
    operation_id="replace-participants",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
)
async def replace_participants(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    conversation_id: FromPath[int],
    data: JSONBody[ParticipantsGiven],
) -> list[Agent]:
    """Let exactly these take part."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        where = ConversationId(conversation.id)
        now = await participant_ids(tx, where)
        await change_participants(
            tx,
            conversation,
            join=data.user_ids,
            leave=set(now) - set(data.user_ids),
            by=Actor.user(viewer.user_id),
        )
        rows = await participants(tx, where)
    return await shown(rows, viewer.account_id, presence)


@delete(
    "/conversations/{conversation_id:int}/participants",
    operation_id="remove-participants",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
)
async def remove_participants(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    data: JSONBody[ParticipantsGiven],
) -> None:
    """Let agents go."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        await change_participants(
            tx, conversation, leave=data.user_ids, by=Actor.user(viewer.user_id)
        )


router = Router(
    "",
    route_handlers=[
        list_participants,
        add_participants,
        replace_participants,
        remove_participants,
    ],
    tags=["Conversations"],
)
