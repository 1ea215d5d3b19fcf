"""Inboxes and who works in them."""

from typing import Any

import msgspec
from litestar import Response, Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.open_inbox import set_inbox_members
from desk.store import inboxes as inbox_store
from desk.store import people as people_store
from desk.store.desk import Desk
from desk.store.presence import Presence
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.ids import InboxId
from inbox_service.api.agents import AgentsPayload, shown
from inbox_service.api.answers import answers
from inbox_service.api.inbox_shape import Inbox, shown_inbox
from inbox_service.api.make_inbox import change_inbox, close, create_inbox
from inbox_service.api.teams import UserIds
from inbox_service.auth.people import People
from ingest.inbox_contract import Site


class InboxList(msgspec.Struct):
    """The inboxes the asker works in; administrators see all."""

    payload: list[Inbox]


class ChangeMembers(msgspec.Struct):
    """Agents to let in, to keep, or to take out."""

    inbox_id: int
    user_ids: list[int]


@get(
    "/inboxes",
    operation_id="listAllInboxes",
    opt={"needs": Permission.DESK_READ},
    responses=answers(InboxList),
)
async def list_inboxes(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], site: NamedDependency[Site]
) -> Response[dict[str, Any]]:
    """The inboxes you work in; administrators see all."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await inbox_store.inboxes(tx, viewer)
    return Response({"payload": [shown_inbox(row, desk, site, viewer) for row in rows]})


@get(
    "/inboxes/{inbox_id:int}",
    operation_id="GetInbox",
    opt={"needs": Permission.DESK_READ},
    responses=answers(Inbox),
)
async def get_inbox(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    site: NamedDependency[Site],
    inbox_id: FromPath[int],
) -> Response[dict[str, Any]]:
    """One inbox."""
    async with desk.transaction(viewer.account_id) as tx:
        row = await inbox_store.inbox(tx, inbox_id, viewer)
    return Response(shown_inbox(row, desk, site, viewer))


@get(
    "/inbox_members/{inbox_id:int}",
    operation_id="get-inbox-members",
    opt={"needs": Permission.DESK_READ},
)
async def list_inbox_members(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    inbox_id: FromPath[int],
) -> AgentsPayload:
    """The agents who work in an inbox."""
    async with desk.transaction(viewer.account_id) as tx:
        await inbox_store.inbox(tx, inbox_id, viewer)
        rows = await people_store.inbox_agents(tx, inbox_id)
    return AgentsPayload(await shown(rows, viewer.account_id, presence))


@get(
    "/inboxes/{inbox_id:int}/assignable_agents",
    operation_id="list-assignable-agents-of-an-inbox",
    opt={"needs": Permission.DESK_READ},
)
async def list_assignable_agents_of_inbox(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    inbox_id: FromPath[int],
) -> AgentsPayload:
    """Those who may be given its conversations: its members, and administrators."""
    async with desk.transaction(viewer.account_id) as tx:
        await inbox_store.inbox(tx, inbox_id, viewer)
        rows = await people_store.assignable_agents(tx, [inbox_id])
    return AgentsPayload(await shown(rows, viewer.account_id, presence))


@post(
    "/inbox_members",
    operation_id="add-new-agent-to-inbox",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def add_inbox_members(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    people: NamedDependency[People],
    presence: NamedDependency[Presence],
    data: JSONBody[ChangeMembers],
) -> AgentsPayload:
    """Let agents into an inbox."""
    async with desk.transaction(viewer.account_id) as tx:
        members = await _members(tx, data.inbox_id)
        rows = await _set(tx, viewer, data.inbox_id, members | set(data.user_ids))
    people.forget_account(viewer.account_id)
    return AgentsPayload(await shown(rows, viewer.account_id, presence))


@patch(
    "/inbox_members",
    operation_id="update-agents-in-inbox",
    opt={"needs": Permission.DESK_MANAGE},
)
async def replace_inbox_members(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    people: NamedDependency[People],
    presence: NamedDependency[Presence],
    data: JSONBody[ChangeMembers],
) -> AgentsPayload:
    """Let exactly these agents work in an inbox."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await _set(tx, viewer, data.inbox_id, set(data.user_ids))
    people.forget_account(viewer.account_id)
    return AgentsPayload(await shown(rows, viewer.account_id, presence))


@delete(
    "/inbox_members",
    operation_id="delete-agent-in-inbox",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def remove_inbox_members(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    people: NamedDependency[People],
    data: JSONBody[ChangeMembers],
) -> None:
    """Take agents out of an inbox."""
    async with desk.transaction(viewer.account_id) as tx:
        members = await _members(tx, data.inbox_id)
        await _set(tx, viewer, data.inbox_id, members - set(data.user_ids))
    people.forget_account(viewer.account_id)


@delete(
    "/inbox_members/{inbox_id:int}",
    operation_id="delete-agent-in-named-inbox",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def remove_members_of(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    people: NamedDependency[People],
    inbox_id: FromPath[int],
    data: JSONBody[UserIds],
) -> None:
    """Take agents out of an inbox that the address names, as `@figuro/chatwoot-sdk` does."""
    async with desk.transaction(viewer.account_id) as tx:
        members = await _members(tx, inbox_id)
        await _set(tx, viewer, inbox_id, members - set(data.user_ids))
    people.forget_account(viewer.account_id)


async def _members(tx: TenantTx, inbox_id: int) -> set[int]:
    return {row["id"] for row in await people_store.inbox_agents(tx, inbox_id)}


async def _set(
    tx: TenantTx, viewer: Viewer, inbox_id: int, user_ids: set[int]
) -> list[dict[str, Any]]:
    await set_inbox_members(tx, InboxId(inbox_id), sorted(user_ids), by=Actor.user(viewer.user_id))
    await tx.session.flush()
    return await people_store.inbox_agents(tx, inbox_id)


router = Router(
    "",
    route_handlers=[
        list_inboxes,
        get_inbox,
        create_inbox,
        change_inbox,
        close,
        list_inbox_members,
        list_assignable_agents_of_inbox,
        add_inbox_members,
        replace_inbox_members,
        remove_members_of,
        remove_inbox_members,
    ],
    tags=["Inboxes"],
)
