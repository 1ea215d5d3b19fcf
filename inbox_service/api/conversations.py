"""One conversation, and new ones."""

from typing import Any

import msgspec
from litestar import Response, Router, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.apply_sla import apply_sla
from desk.actions.assign_conversation import assign_conversation, assign_team
from desk.actions.change_status import change_status
from desk.actions.judge_conversation import set_priority
from desk.actions.say import say
from desk.actions.start_conversation import Opening, start_conversation
from desk.shapes.conversation import Conversation
from desk.store.addresses import Address, address_of
from desk.store.conversations import (
    conversation_by_number,
    shapes,
)
from desk.store.desk import Desk
from desk.store.inboxes import inbox
from desk.store.transaction import TenantTx
from desk.store.visible import visible_conversation
from desk.words.conversation import ConversationStatus
from desk.words.errors import Invalid
from desk.words.ids import ContactId, DisplayId, InboxId, TeamId, UserId
from inbox_service.api.answers import answers, raw
from inbox_service.api.message_schemas import check_template_params
from inbox_service.api.words import moment, priority_of, status_of


class FirstMessage(msgspec.Struct):
    """What a new conversation begins with."""

    content: str | None = None
    private: bool = False
    template_params: dict[str, Any] | None = None
    """A template that WhatsApp has approved, and what fills it in."""


class CreateConversation(msgspec.Struct):
    """Open a conversation with a contact; it answers with the whole of it."""

    inbox_id: int | None = None
    contact_id: int | None = None
    source_id: str | None = None
    """The contact's address; where it is known, it stands for contact and inbox."""
    status: str = "open"
    assignee_id: int | None = None
    team_id: int | None = None
    snoozed_until: int | str | None = None
    """Seconds since 1970, or a date and time."""
    additional_attributes: dict[str, Any] | None = None
    custom_attributes: dict[str, Any] | None = None
    message: FirstMessage | None = None


class UpdateConversation(msgspec.Struct):
    """What PATCH may change; Chatwoot's clients hand over and close by it, too."""

    priority: str | msgspec.UnsetType | None = msgspec.UNSET
    status: str | msgspec.UnsetType = msgspec.UNSET
    assignee_id: int | msgspec.UnsetType | None = msgspec.UNSET
    team_id: int | msgspec.UnsetType | None = msgspec.UNSET
    sla_policy_id: int | msgspec.UnsetType | None = msgspec.UNSET
    """Once it is set, it can neither be changed nor removed."""


@get(
    "/conversations/{conversation_id:int}",
    operation_id="get-details-of-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_READ, "bots": True},
    responses=answers(Conversation),
)
async def get_conversation(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], conversation_id: FromPath[int]
) -> Response[bytes]:
    """One conversation."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await visible_conversation(tx, DisplayId(conversation_id), viewer)
        return raw(await whole(tx, found["id"]))


@post(
    "/conversations",
    operation_id="newConversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE, "bots": True},
    status_code=200,
    responses=answers(Conversation),
)
async def create_conversation(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[CreateConversation]
) -> Response[bytes]:
    """Begin a conversation with a contact."""
    by = viewer.actor
    status = status_of(data.status)
    if data.message is not None and data.message.template_params is not None:
        check_template_params(data.message.template_params, field="message.template_params")
    async with desk.transaction(viewer.account_id) as tx:
        where = await _with_whom(tx, data)
        await inbox(tx, where.inbox_id, viewer)
        conversation = await start_conversation(
            tx,
            Opening(
                where.inbox_id,
                where.contact_id,
                data.source_id,
                ConversationStatus.OPEN if status is ConversationStatus.SNOOZED else status,
                data.additional_attributes or {},
                data.custom_attributes or {},
            ),
            by=by,
        )
        if data.team_id:
            await assign_team(tx, conversation, TeamId(data.team_id), by=by)
        if data.assignee_id:
            await assign_conversation(tx, conversation, UserId(data.assignee_id), by=by)
        if data.message is not None and data.message.content:
            await say(
                tx,
                conversation,
                data.message.content,
                by=viewer.actor,
                private=data.message.private,
                template_params=data.message.template_params,
            )
        if status is ConversationStatus.SNOOZED:
            await change_status(
                tx, conversation, status, by=by, snoozed_until=moment(data.snoozed_until)
            )
        await tx.session.flush()
        return raw(await whole(tx, conversation.id))


@patch(
    "/conversations/{conversation_id:int}",
    operation_id="update-conversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE, "bots": True},
    responses=answers(Conversation),
)
async def update_conversation(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    data: JSONBody[UpdateConversation],
) -> Response[bytes]:
    """Change the priority or set the SLA policy; beside Chatwoot's also status, agent and team."""
    by = viewer.actor
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        if data.priority is not msgspec.UNSET:
            await set_priority(tx, conversation, priority_of(data.priority), by=by)
        if data.sla_policy_id is not msgspec.UNSET:
            await apply_sla(tx, conversation, data.sla_policy_id, by=by)
        if data.team_id is not msgspec.UNSET:
            team_id = TeamId(data.team_id) if data.team_id else None
            await assign_team(tx, conversation, team_id, by=by)
        if data.assignee_id is not msgspec.UNSET:
            agent_id = UserId(data.assignee_id) if data.assignee_id else None
            await assign_conversation(tx, conversation, agent_id, by=by)
        if data.status is not msgspec.UNSET:
            await change_status(tx, conversation, status_of(data.status), by=by)
        await tx.session.flush()
        return raw(await whole(tx, conversation.id))


async def whole(tx: TenantTx, conversation_id: int) -> str:
    """One conversation's JSON."""
    found = await shapes(tx, tx.account_id, [conversation_id])
    return str(found[conversation_id]["shape"])


async def _with_whom(tx: TenantTx, data: CreateConversation) -> Address:
    if data.inbox_id is not None and data.contact_id is not None:
        return Address(InboxId(data.inbox_id), ContactId(data.contact_id))
    if data.source_id:
        return await address_of(tx, data.source_id, data.inbox_id)
    missing = "inbox_id" if data.inbox_id is None else "contact_id"
    raise Invalid(
        "nobody_named", "Give inbox_id and contact_id, or a known source_id.", field=missing
    )


router = Router(
    "",
    route_handlers=[get_conversation, create_conversation, update_conversation],
    tags=["Conversations"],
)
