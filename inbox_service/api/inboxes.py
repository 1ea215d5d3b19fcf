"""Inboxes and who works in them."""

from typing import Any

import msgspec
from litestar import Router, delete, get, patch, post
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
from desk.words.channels import CHATWOOT_CHANNEL_TYPES, ChannelKind
from desk.words.ids import InboxId
from inbox_service.api.agents import AgentsPayload, shown
from inbox_service.auth.people import People


class WorkingDay(msgspec.Struct):
    """One weekday; 0 is Sunday."""

    day_of_week: int
    closed_all_day: bool
    open_all_day: bool
    open_hour: int | None
    open_minutes: int | None
    close_hour: int | None
    close_minutes: int | None


class Inbox(msgspec.Struct):
    """A door: one channel of the account."""

    id: int
    name: str
    channel_type: str
    channel_id: int
    avatar_url: str
    phone_number: str | None
    email: str | None
    provider: str | None
    greeting_enabled: bool
    greeting_message: str | None
    working_hours_enabled: bool
    out_of_office_message: str | None
    working_hours: list[WorkingDay]
    timezone: str
    enable_auto_assignment: bool
    auto_assignment_config: dict[str, Any]
    csat_survey_enabled: bool
    lock_to_single_conversation: bool
    allow_messages_after_resolved: bool = True
    enable_email_collect: bool = False
    sender_name_type: str = "friendly"
    business_name: str | None = None
    callback_webhook_url: str | None = None
    website_url: str | None = None
    website_token: str | None = None
    web_widget_script: str | None = None
    widget_color: str | None = None
    welcome_title: str | None = None
    welcome_tagline: str | None = None
    hmac_mandatory: bool | None = None
    reply_time: str | None = None
    medium: str | None = None


class InboxList(msgspec.Struct):
    """The inboxes the asker works in; administrators see all."""

    payload: list[Inbox]


class ChangeMembers(msgspec.Struct):
    """Agents to let in, to keep, or to take out."""

    inbox_id: int
    user_ids: list[int]


@get("/inboxes", operation_id="listAllInboxes", opt={"needs": Permission.DESK_READ})
async def list_inboxes(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> InboxList:
    """The inboxes you work in; administrators see all."""
    async with desk.transaction(viewer.account_id) as tx:
        return InboxList([_inbox(row) for row in await inbox_store.inboxes(tx, viewer)])


@get(
    "/inboxes/{inbox_id:int}",
    operation_id="GetInbox",
    opt={"needs": Permission.DESK_READ},
)
async def get_inbox(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], inbox_id: FromPath[int]
) -> Inbox:
    """One inbox."""
    async with desk.transaction(viewer.account_id) as tx:
        return _inbox(await inbox_store.inbox(tx, inbox_id, viewer))


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


async def _members(tx: TenantTx, inbox_id: int) -> set[int]:
    return {row["id"] for row in await people_store.inbox_agents(tx, inbox_id)}


async def _set(
    tx: TenantTx, viewer: Viewer, inbox_id: int, user_ids: set[int]
) -> list[dict[str, Any]]:
    await set_inbox_members(tx, InboxId(inbox_id), sorted(user_ids), by=Actor.user(viewer.user_id))
    await tx.session.flush()
    return await people_store.inbox_agents(tx, inbox_id)


def _inbox(row: dict[str, Any]) -> Inbox:
    kind = ChannelKind(row["channel"])
    by_phone = kind in (ChannelKind.WHATSAPP, ChannelKind.SMS)
    return Inbox(
        id=row["id"],
        name=row["name"],
        channel_type=CHATWOOT_CHANNEL_TYPES[kind],
        channel_id=row["id"],
        avatar_url="",
        phone_number=row["address"] if by_phone else None,
        email=row["address"] if kind is ChannelKind.EMAIL else None,
        provider="whatsapp_cloud" if kind is ChannelKind.WHATSAPP else None,
        greeting_enabled=row["greeting_enabled"],
        greeting_message=row["greeting_message"],
        working_hours_enabled=row["working_hours_enabled"],
        out_of_office_message=row["out_of_office_message"],
        working_hours=[_day(day) for day in row["week"]],
        timezone=row["time_zone"],
        enable_auto_assignment=row["enable_auto_assignment"],
        auto_assignment_config={},
        csat_survey_enabled=row["csat_survey_enabled"],
        lock_to_single_conversation=row["lock_to_single_conversation"],
    )


def _day(day: dict[str, Any]) -> WorkingDay:
    opens, closes = day["opens"], day["closes"]
    if opens is None or closes is None:
        return WorkingDay(day["day_of_week"], True, False, None, None, None, None)
    return WorkingDay(
        day["day_of_week"],
        False,
        opens == 0 and closes == 24 * 60,
        *divmod(opens, 60),
        # Chatwoot has no 24:00.
        *divmod(min(closes, 24 * 60 - 1), 60),
    )


router = Router(
    "",
    route_handlers=[
        list_inboxes,
        get_inbox,
        list_inbox_members,
        add_inbox_members,
        replace_inbox_members,
        remove_inbox_members,
    ],
    tags=["Inboxes"],
)
