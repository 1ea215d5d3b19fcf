"""Teams and their members."""

from typing import Any

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.change_team import disband_team, update_team
from desk.actions.form_team import form_team, set_team_members
from desk.store import people as people_store
from desk.store import teams as team_store
from desk.store.desk import Desk
from desk.store.presence import Presence
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.ids import TeamId
from inbox_service.api.agents import Agent, shown


class Team(msgspec.Struct):
    """A group of agents that conversations can be given to."""

    id: int
    name: str
    description: str | None
    allow_auto_assign: bool
    account_id: int
    is_member: bool


class CreateTeam(msgspec.Struct):
    """Form a team."""

    name: str
    description: str | None = None
    allow_auto_assign: bool = True


class UpdateTeam(msgspec.Struct):
    """What can be changed about a team."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    description: str | msgspec.UnsetType | None = msgspec.UNSET
    allow_auto_assign: bool | msgspec.UnsetType = msgspec.UNSET


class UserIds(msgspec.Struct):
    """The agents who join, stay or leave."""

    user_ids: list[int]


@get("/teams", operation_id="list-all-teams", opt={"needs": Permission.DESK_READ})
async def list_teams(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> list[Team]:
    """The account's teams."""
    async with desk.transaction(viewer.account_id) as tx:
        return [Team(**row) for row in await team_store.teams(tx, viewer.user_id)]


@get(
    "/teams/{team_id:int}",
    operation_id="get-details-of-a-single-team",
    opt={"needs": Permission.DESK_READ},
)
async def get_team(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], team_id: FromPath[int]
) -> Team:
    """One team."""
    async with desk.transaction(viewer.account_id) as tx:
        return Team(**await team_store.team(tx, team_id, viewer.user_id))


@post(
    "/teams",
    operation_id="create-a-team",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def create_team(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[CreateTeam]
) -> Team:
    """Form a team."""
    async with desk.transaction(viewer.account_id) as tx:
        team_id = await form_team(
            tx,
            data.name,
            by=Actor.user(viewer.user_id),
            description=data.description,
            allow_auto_assign=data.allow_auto_assign,
        )
        return Team(**await team_store.team(tx, team_id, viewer.user_id))


@patch(
    "/teams/{team_id:int}",
    operation_id="update-a-team",
    opt={"needs": Permission.DESK_MANAGE},
)
async def change_team(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    team_id: FromPath[int],
    data: JSONBody[UpdateTeam],
) -> Team:
    """Change a team's name, description or assignment."""
    changes: dict[str, Any] = msgspec.to_builtins(data)
    async with desk.transaction(viewer.account_id) as tx:
        await update_team(tx, TeamId(team_id), changes, by=Actor.user(viewer.user_id))
        await tx.session.flush()
        return Team(**await team_store.team(tx, team_id, viewer.user_id))


@delete(
    "/teams/{team_id:int}",
    operation_id="delete-a-team",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def delete_team(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], team_id: FromPath[int]
) -> None:
    """Disband a team."""
    async with desk.transaction(viewer.account_id) as tx:
        await disband_team(tx, TeamId(team_id), by=Actor.user(viewer.user_id))


@get(
    "/teams/{team_id:int}/team_members",
    operation_id="get-team-members",
    opt={"needs": Permission.DESK_READ},
)
async def list_team_members(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    team_id: FromPath[int],
) -> list[Agent]:
    """The agents of a team."""
    async with desk.transaction(viewer.account_id) as tx:
        await team_store.team(tx, team_id, viewer.user_id)
        rows = await people_store.team_agents(tx, team_id)
    return await shown(rows, viewer.account_id, presence)


@post(
    "/teams/{team_id:int}/team_members",
    operation_id="add-new-agent-to-team",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def add_team_members(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    team_id: FromPath[int],
    data: JSONBody[UserIds],
) -> list[Agent]:
    """Let agents into a team."""
    async with desk.transaction(viewer.account_id) as tx:
        members = await _members(tx, team_id)
        rows = await _set(tx, viewer, team_id, members | set(data.user_ids))
    return await shown(rows, viewer.account_id, presence)


@patch(
    "/teams/{team_id:int}/team_members",
    operation_id="update-agents-in-team",
    opt={"needs": Permission.DESK_MANAGE},
)
async def replace_team_members(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    team_id: FromPath[int],
    data: JSONBody[UserIds],
) -> list[Agent]:
    """Let exactly these agents be the team."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await _set(tx, viewer, team_id, set(data.user_ids))
    return await shown(rows, viewer.account_id, presence)


@delete(
    "/teams/{team_id:int}/team_members",
    operation_id="delete-agent-in-team",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def remove_team_members(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    team_id: FromPath[int],
    data: JSONBody[UserIds],
) -> None:
    """Take agents out of a team."""
    async with desk.transaction(viewer.account_id) as tx:
        members = await _members(tx, team_id)
        await _set(tx, viewer, team_id, members - set(data.user_ids))


async def _members(tx: TenantTx, team_id: int) -> set[int]:
    return {row["id"] for row in await people_store.team_agents(tx, team_id)}


async def _set(
    tx: TenantTx, viewer: Viewer, team_id: int, user_ids: set[int]
) -> list[dict[str, Any]]:
    await set_team_members(tx, TeamId(team_id), sorted(user_ids), by=Actor.user(viewer.user_id))
    await tx.session.flush()
    return await people_store.team_agents(tx, team_id)


router = Router(
    "",
    route_handlers=[
        list_teams,
        get_team,
        create_team,
        change_team,
        delete_team,
        list_team_members,
        add_team_members,
        replace_team_members,
        remove_team_members,
    ],
    tags=["Teams"],
)
