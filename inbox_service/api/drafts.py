"""What you have begun to write in a conversation; ours are yours alone and end by themselves."""

from typing import Annotated

import msgspec
from litestar import Router, delete, get, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.store.desk import Desk
from desk.store.drafts import Drafts
from desk.store.visible import visible_conversation
from desk.words.conversation import MAX_CONTENT
from desk.words.ids import ConversationId, DisplayId


class DraftText(msgspec.Struct):
    """The words so far."""

    message: Annotated[str, Meta(max_length=MAX_CONTENT)] = ""


class KeepDraft(msgspec.Struct):
    """The words so far, as Chatwoot wraps them."""

    draft_message: DraftText


class Draft(msgspec.Struct, omit_defaults=True):
    """Whether there is one, and what it says."""

    has_draft: bool
    message: str | None = None


@get(
    "/conversations/{conversation_id:int}/draft_messages",
    operation_id="get-a-draft",
    opt={"needs": Permission.CONVERSATIONS_READ},
)
async def get_draft(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], conversation_id: FromPath[int]
) -> Draft:
    """What you have begun to write."""
    where = await _visible(desk, viewer, conversation_id)
    text = await _drafts(desk, viewer).get(where)
    return Draft(text is not None, text)


@patch(
    "/conversations/{conversation_id:int}/draft_messages",
    operation_id="keep-a-draft",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
)
async def keep_draft(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    data: JSONBody[KeepDraft],
) -> Draft:
    """Keep what you have begun to write; nothing at all drops it."""
    where = await _visible(desk, viewer, conversation_id)
    text = data.draft_message.message
    if not text:
        await _drafts(desk, viewer).drop(where)
        return Draft(has_draft=False)
    await _drafts(desk, viewer).keep(where, text, at=desk.clock.now().timestamp())
    return Draft(True, text)


@delete(
    "/conversations/{conversation_id:int}/draft_messages",
    operation_id="drop-a-draft",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
)
async def drop_draft(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], conversation_id: FromPath[int]
) -> None:
    """Forget it."""
    await _drafts(desk, viewer).drop(await _visible(desk, viewer, conversation_id))


async def _visible(desk: Desk, viewer: Viewer, display_id: int) -> ConversationId:
    async with desk.transaction(viewer.account_id) as tx:
        found = await visible_conversation(tx, DisplayId(display_id), viewer)
    return ConversationId(found["id"])


def _drafts(desk: Desk, viewer: Viewer) -> Drafts:
    return Drafts(desk.redis, viewer.account_id, viewer.user_id)


router = Router("", route_handlers=[get_draft, keep_draft, drop_draft], tags=["Conversations"])
