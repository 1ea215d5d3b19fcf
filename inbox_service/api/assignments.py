"""Giving conversations to agents and teams."""

import msgspec
from litestar import Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.assign_conversation import assign_conversation, assign_team
from desk.store import people as people_store
from desk.store.conversations import conversation_by_number
from desk.store.desk import Desk
from desk.store.presence import Presence
from desk.store.teams import team
from desk.words.errors import Invalid
from desk.words.ids import DisplayId, TeamId, UserId
from inbox_service.api.agents import Agent, shown
from inbox_service.api.teams import Team


class AssignConversation(msgspec.Struct):
    """Give it to an agent or a team; null takes it back."""

    assignee_id: int | msgspec.UnsetType | None = msgspec.UNSET
    team_id: int | msgspec.UnsetType | None = msgspec.UNSET
    assignee_type: str | None = None
    """Only people are given conversations: a bot stands at an inbox's door."""


@post(
    "/conversations/{conversation_id:int}/assignments",
    operation_id="assign-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE, "bots": True},
    status_code=200,
    tags=["Conversation Assignments"],
)
async def assign(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    conversation_id: FromPath[int],
    data: JSONBody[AssignConversation],
) -> Agent | Team | None:
    """Give the conversation to an agent or a team, or take it back with null."""
    if data.assignee_id is msgspec.UNSET and data.team_id is msgspec.UNSET:
        raise Invalid("nobody_named", "Give assignee_id or team_id.", field="assignee_id")
    if data.assignee_type not in (None, "", "User"):
        raise Invalid(
            "unknown_assignee_type",
            "assignee_type must be User: a bot is put at an inbox's door with set_agent_bot.",
            field="assignee_type",
        )
    by = viewer.actor
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        if data.team_id is not msgspec.UNSET:
            await assign_team(
                tx, conversation, TeamId(data.team_id) if data.team_id else None, by=by
            )
        if data.assignee_id is not msgspec.UNSET:
            await assign_conversation(
                tx, conversation, UserId(data.assignee_id) if data.assignee_id else None, by=by
            )
        agent = None
        if data.assignee_id:
            agent = await people_store.agent(tx, data.assignee_id)
        elif data.team_id:
            return Team(**await team(tx, data.team_id, viewer.user_id))
    return None if agent is None else (await shown([agent], viewer.account_id, presence))[0]


router = Router("", route_handlers=[assign])
