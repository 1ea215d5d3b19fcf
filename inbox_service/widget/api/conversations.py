"""The visitor's current conversation: how it stands, who writes, what was seen."""

from enum import StrEnum
from typing import Any

import msgspec
from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.hearing import Visitor
from desk.actions.change_status import change_status
from desk.actions.judge_conversation import set_custom_attributes, set_labels
from desk.actions.see_conversation import see_conversation
from desk.actions.tell_in_passing import tell_of_typing
from desk.shapes.visitor import VisitorConversation
from desk.store import visitors as visitor_store
from desk.store.conversations import lock_conversation, shapes
from desk.store.desk import Desk
from desk.store.frames_shapes import conversation_push
from desk.store.labels import titles
from desk.store.transaction import TenantTx
from desk.store.visitors import Website
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.errors import Forbidden, NotFound
from inbox_service.api.answers import answers, raw
from inbox_service.auth.guard import PUBLIC
from inbox_service.realtime.typing_notices import TypingNotices, Typist
from inbox_service.widget.said import small


class TypingStatus(StrEnum):
    """Whether the visitor is writing."""

    ON = "on"
    OFF = "off"


class ToggleTyping(msgspec.Struct):
    """Begin or stop; it stops by itself after a while."""

    typing_status: TypingStatus


class SetAttributes(msgspec.Struct):
    """What the page knows about the matter."""

    custom_attributes: dict[str, Any]


class ForgetAttributes(msgspec.Struct):
    """What is no longer so."""

    custom_attribute: list[str] = []


class PutLabel(msgspec.Struct):
    """A label of the account's, by its title."""

    label: str


@get(
    "/conversations",
    opt=PUBLIC,
    operation_id="widget-conversation",
    responses=answers(VisitorConversation | dict[str, str]),
)
async def get_conversation(
    desk: NamedDependency[Desk], visitor: NamedDependency[Visitor]
) -> Response[bytes]:
    """The visitor's latest conversation, or an empty object."""
    async with desk.transaction(visitor.account_id) as tx:
        where = await visitor_store.current_conversation(tx, visitor)
        return raw("{}" if where is None else await visitor_store.visitor_conversation(tx, where))


@post(
    "/conversations/update_last_seen",
    opt=PUBLIC,
    operation_id="widget-update-last-seen",
    status_code=200,
)
async def update_last_seen(
    desk: NamedDependency[Desk], visitor: NamedDependency[Visitor]
) -> dict[str, str]:
    """The visitor has read all there is; agents see it."""
    async with desk.transaction(visitor.account_id) as tx:
        if (conversation := await _current(tx, visitor)) is not None:
            await see_conversation(tx, conversation)
    return {}


@post(
    "/conversations/toggle_typing",
    opt=PUBLIC,
    operation_id="widget-toggle-typing",
    status_code=200,
)
async def toggle_typing(
    desk: NamedDependency[Desk],
    typing_notices: NamedDependency[TypingNotices],
    visitor: NamedDependency[Visitor],
    data: JSONBody[ToggleTyping],
) -> dict[str, str]:
    """Agents see that the visitor is writing."""
    async with desk.transaction(visitor.account_id) as tx:
        where = await visitor_store.current_conversation(tx, visitor)
        if where is None:
            return {}
        row = await tx.one(
            """select c.display_id, c.assignee_id, k.id as contact_id, k.name
               from conversations c
               join contacts k on k.account_id = c.account_id and k.id = c.contact_id
               where c.account_id = %s and c.id = %s""",
            [tx.account_id, where],
        )
        shape = conversation_push((await shapes(tx, visitor.account_id, [where]))[where])
        await tell_of_typing(
            tx,
            where,
            {"id": row["contact_id"], "name": row["name"], "type": "contact"},
            on=data.typing_status is TypingStatus.ON,
        )
    typist = Typist(
        account_id=visitor.account_id,
        contact_id=row["contact_id"],
        name=row["name"],
        conversation_id=where,
        display_id=row["display_id"],
        inbox_id=visitor.inbox_id,
        assignee_id=row["assignee_id"],
        contact_token=visitor.token,
    )
    await typing_notices.tell(typist, shape, on=data.typing_status is TypingStatus.ON)
    return {}


@get("/conversations/toggle_status", opt=PUBLIC, operation_id="widget-end-conversation")
async def end_conversation(
    desk: NamedDependency[Desk],
    website: NamedDependency[Website],
    visitor: NamedDependency[Visitor],
) -> dict[str, str]:
    """The visitor needs no more help. A GET, since Chatwoot's widget sends one."""
    if "end_conversation" not in website.config["selected_feature_flags"]:
        raise Forbidden("not_here", "This chat is ended by the desk.")
    async with desk.transaction(visitor.account_id) as tx:
        if (conversation := await _current(tx, visitor)) is not None:
            by = Actor.contact(visitor.contact_id)
            await change_status(tx, conversation, ConversationStatus.RESOLVED, by=by)
    return {}


@post(
    "/conversations/set_custom_attributes",
    opt=PUBLIC,
    operation_id="widget-set-conversation-attributes",
    status_code=200,
)
async def set_attributes(
    desk: NamedDependency[Desk],
    visitor: NamedDependency[Visitor],
    data: JSONBody[SetAttributes],
) -> dict[str, str]:
    """The page says what the matter is about."""
    async with desk.transaction(visitor.account_id) as tx:
        if (conversation := await _current(tx, visitor)) is not None:
            merged = small(conversation.custom_attributes | data.custom_attributes)
            by = Actor.contact(visitor.contact_id)
            await set_custom_attributes(tx, conversation, merged, by=by)
    return {}


@post(
    "/conversations/destroy_custom_attributes",
    opt=PUBLIC,
    operation_id="widget-forget-conversation-attributes",
    status_code=200,
)
async def forget_attributes(
    desk: NamedDependency[Desk],
    visitor: NamedDependency[Visitor],
    data: JSONBody[ForgetAttributes],
) -> dict[str, str]:
    """The page takes back what it said about the matter."""
    async with desk.transaction(visitor.account_id) as tx:
        if (conversation := await _current(tx, visitor)) is not None:
            kept = {
                name: value
                for name, value in conversation.custom_attributes.items()
                if name not in data.custom_attribute
            }
            by = Actor.contact(visitor.contact_id)
            await set_custom_attributes(tx, conversation, kept, by=by)
    return {}


@post("/labels", opt=PUBLIC, operation_id="widget-add-label", status_code=204)
async def add_label(
    desk: NamedDependency[Desk],
    visitor: NamedDependency[Visitor],
    data: JSONBody[PutLabel],
) -> None:
    """The page puts one of the account's labels on the conversation."""
    await _relabel(desk, visitor, add=data.label)


@delete("/labels/{title:str}", opt=PUBLIC, operation_id="widget-remove-label")
async def remove_label(
    desk: NamedDependency[Desk], visitor: NamedDependency[Visitor], title: FromPath[str]
) -> None:
    """The page takes a label off the conversation."""
    await _relabel(desk, visitor, remove=title)


async def _relabel(
    desk: Desk, visitor: Visitor, *, add: str | None = None, remove: str | None = None
) -> None:
    async with desk.transaction(visitor.account_id) as tx:
        conversation = await _current(tx, visitor)
        if conversation is None:
            raise NotFound("no_conversation", "There is no conversation yet.")
        now = set(await titles(tx, conversation.label_ids))
        wanted = (now | ({add} if add else set())) - {remove}
        by = Actor.contact(visitor.contact_id)
        await set_labels(tx, conversation, sorted(title for title in wanted if title), by=by)


async def _current(tx: TenantTx, visitor: Visitor) -> ConversationRow | None:
    where = await visitor_store.current_conversation(tx, visitor)
    return None if where is None else await lock_conversation(tx, where)


HANDLERS = (
    get_conversation,
    update_last_seen,
    toggle_typing,
    end_conversation,
    set_attributes,
    forget_attributes,
    add_label,
    remove_label,
)
