"""Agents: who works for the account, and who may be given a conversation."""

import re
from typing import Annotated, Any

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.define_role import give_role
from desk.actions.dismiss_agent import dismiss_agent
from desk.actions.employ_agent import change_role, employ_agent, set_availability
from desk.store import people as people_store
from desk.store.desk import Desk
from desk.store.presence import Presence
from desk.store.transaction import TenantTx
from desk.words.errors import Invalid, NotFound
from desk.words.ids import AccountId, UserId
from desk.words.people import Availability, Role
from inbox_service.auth.people import People
from inbox_service.realtime.attendance import Attendance

MOST_AT_ONCE = 100
LONGEST_NAME = 255
LONGEST_EMAIL = 320
_EMAIL = re.compile(r"[^@\s\x00]+@[^@\s\x00]+")


class Agent(msgspec.Struct):
    """Somebody who works for the account."""

    id: int
    account_id: int
    availability_status: str
    auto_offline: bool
    confirmed: bool
    email: str
    available_name: str
    name: str
    role: str
    thumbnail: str
    custom_role_id: int | None = None


class AgentsPayload(msgspec.Struct):
    """Agents, as Chatwoot wraps them in places."""

    payload: list[Agent]


class AddAgent(msgspec.Struct):
    """Give a person a role in the account."""

    name: str
    email: str
    role: str = "agent"
    availability: str | None = None
    availability_status: str | None = None
    auto_offline: bool | None = None
    custom_role_id: int | None = None


class AddAgents(msgspec.Struct):
    """Give several people the role of an agent."""

    emails: Annotated[list[str], msgspec.Meta(max_length=MOST_AT_ONCE)]


class UpdateAgent(msgspec.Struct):
    """What can be changed about an agent."""

    role: str | None = None
    availability: str | None = None
    availability_status: str | None = None
    auto_offline: bool | None = None
    custom_role_id: int | msgspec.UnsetType | None = msgspec.UNSET


@get(
    "/agents",
    operation_id="get-account-agents",
    opt={"needs": Permission.DESK_READ},
)
async def list_agents(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
) -> list[Agent]:
    """Everybody who works for the account, and whether they can be reached."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await people_store.agents(tx)
    return await shown(rows, viewer.account_id, presence)


@get(
    "/agents/{agent_id:int}",
    operation_id="get-an-agent",
    opt={"needs": Permission.DESK_READ},
)
async def get_agent(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    agent_id: FromPath[int],
) -> Agent:
    """One agent; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        row = await _agent(tx, agent_id)
    return (await shown([row], viewer.account_id, presence))[0]


@post(
    "/agents",
    operation_id="add-new-agent-to-account",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def add_agent(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    data: JSONBody[AddAgent],
) -> Agent:
    """Give a person a role; someone new to the desk is entered."""
    if not data.name.strip():
        raise Invalid("agent_incomplete", "An agent needs a name.", field="name")
    word = data.availability or data.availability_status
    available = None if word is None else availability_of(word)
    async with desk.transaction_across_accounts(
        reason="one person may work for several accounts"
    ) as wide:
        user_id = await employ_agent(
            wide,
            viewer.account_id,
            name=data.name.strip()[:LONGEST_NAME],
            email=email_of(data.email),
            role=role_of(data.role),
            by=viewer.actor,
            secrets=desk.secrets,
            availability=available,
            auto_offline=data.auto_offline is not False,
        )
        if data.custom_role_id is not None:
            await wide.session.flush()
            tenant = wide.within(viewer.account_id)
            await give_role(tenant, user_id, data.custom_role_id, by=viewer.actor)
    async with desk.transaction(viewer.account_id) as tx:
        row = await _agent(tx, user_id)
    return (await shown([row], viewer.account_id, presence))[0]


@post(
    "/agents/bulk_create",
    operation_id="add-several-agents-to-account",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def add_agents(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    data: JSONBody[AddAgents],
) -> None:
    """Let all of these addresses work for the account; those who do already stay as they are."""
    emails = sorted({email_of(email) for email in data.emails})
    async with desk.transaction_across_accounts(
        reason="one person may work for several accounts"
    ) as wide:
        tenant = wide.within(viewer.account_id)
        known = await people_store.emails_at_work(tenant, emails)
        for email in emails:
            if email not in known:
                await employ_agent(
                    wide,
                    viewer.account_id,
                    name=email.partition("@")[0][:LONGEST_NAME],
                    email=email,
                    role=Role.AGENT,
                    by=viewer.actor,
                    secrets=desk.secrets,
                )


@patch(
    "/agents/{agent_id:int}",
    operation_id="update-agent-in-account",
    opt={"needs": Permission.DESK_MANAGE},
)
async def update_agent(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    people: NamedDependency[People],
    presence: NamedDependency[Presence],
    attendance: NamedDependency[Attendance],
    agent_id: FromPath[int],
    data: JSONBody[UpdateAgent],
) -> Agent:
    """Change an agent's role or availability."""
    user_id = UserId(agent_id)
    async with desk.transaction(viewer.account_id) as tx:
        await _agent(tx, agent_id)
        if data.role is not None:
            await change_role(tx, user_id, role_of(data.role), by=viewer.actor)
        if data.custom_role_id is not msgspec.UNSET:
            await give_role(tx, user_id, data.custom_role_id, by=viewer.actor)
        word = data.availability or data.availability_status
        tells = word is not None or data.auto_offline is not None
        if tells:
            to = None if word is None else availability_of(word)
            await set_availability(tx, user_id, to, auto_offline=data.auto_offline, by=viewer.actor)
        await tx.session.flush()
        row = await _agent(tx, agent_id)
    people.forget_account(viewer.account_id)
    if tells:
        await attendance.announce(viewer.account_id)
    return (await shown([row], viewer.account_id, presence))[0]


@delete(
    "/agents/{agent_id:int}",
    operation_id="delete-agent-from-account",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def remove_agent(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    people: NamedDependency[People],
    agent_id: FromPath[int],
) -> None:
    """End an agent's work for the account; their conversations go back to nobody."""
    async with desk.transaction(viewer.account_id) as tx:
        await dismiss_agent(tx, UserId(agent_id), by=viewer.actor)
    people.forget_account(viewer.account_id)


@get(
    "/assignable_agents",
    operation_id="list-assignable-agents",
    opt={"needs": Permission.DESK_READ},
)
async def list_assignable_agents(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    presence: NamedDependency[Presence],
    inbox_ids: Annotated[list[int], QueryParameter(name="inbox_ids[]")],
) -> AgentsPayload:
    """Who may be given conversations of all these inboxes."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await people_store.assignable_agents(tx, inbox_ids)
    return AgentsPayload(await shown(rows, viewer.account_id, presence))


async def shown(
    rows: list[dict[str, Any]], account_id: AccountId, presence: Presence
) -> list[Agent]:
    """Agents with whether they can be reached just now."""
    present = await presence.users(account_id)
    return [
        Agent(
            id=row["id"],
            account_id=int(account_id),
            availability_status=_status(row, present),
            auto_offline=row["auto_offline"],
            confirmed=row["confirmed"],
            email=row["email"],
            available_name=row["available_name"],
            name=row["name"],
            role=Role(row["role"]).word,
            thumbnail=row["avatar_path"] or "",
            custom_role_id=row["custom_role_id"],
        )
        for row in rows
    ]


def email_of(given: str) -> str:
    """The address as it is to be kept; raises Invalid."""
    email = given.strip().lower()
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise Invalid("email_malformed", "Give an e-mail address.", field="email")
    return email


def role_of(word: str) -> Role:
    """The role of that name; raises Invalid."""
    try:
        return Role.from_word(word)
    except KeyError:
        raise Invalid(
            "unknown_role", "role must be agent or administrator.", field="role"
        ) from None


def availability_of(word: str) -> Availability:
    """The availability of that name; raises Invalid."""
    try:
        return Availability.from_word(word)
    except KeyError:
        raise Invalid(
            "unknown_availability",
            "availability must be online, busy or offline.",
            field="availability",
        ) from None


def _status(row: dict[str, Any], present: set[int]) -> str:
    if row["auto_offline"] and row["id"] not in present:
        return Availability.OFFLINE.word
    return Availability(row["availability"]).word


async def _agent(tx: TenantTx, agent_id: int) -> dict[str, Any]:
    row = await people_store.agent(tx, agent_id)
    if row is None:
        raise NotFound("agent_not_found", "There is no such agent in this account.")
    return row


router = Router(
    "",
    route_handlers=[
        list_agents,
        get_agent,
        add_agent,
        add_agents,
        update_agent,
        remove_agent,
        list_assignable_agents,
    ],
    tags=["Agents"],
)
