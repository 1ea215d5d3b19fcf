"""The labels of a conversation."""

import msgspec
from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.judge_conversation import set_labels
from desk.store.conversations import conversation_by_number
from desk.store.desk import Desk
from desk.store.labels import titles
from desk.store.visible import visible_conversation
from desk.words.ids import DisplayId


class SetLabels(msgspec.Struct):
    """Let it have exactly these labels."""

    labels: list[str]


class Labels(msgspec.Struct):
    """The titles, in alphabetical order."""

    payload: list[str]


@get(
    "/conversations/{conversation_id:int}/labels",
    operation_id="list-all-labels-of-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_READ, "bots": True},
)
async def conversation_labels(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], conversation_id: FromPath[int]
) -> Labels:
    """The conversation's labels."""
    async with desk.transaction(viewer.account_id) as tx:
        found = await visible_conversation(tx, DisplayId(conversation_id), viewer)
        return Labels(await titles(tx, found["label_ids"]))


@post(
    "/conversations/{conversation_id:int}/labels",
    operation_id="conversation-add-labels",
    opt={"needs": Permission.CONVERSATIONS_WRITE, "bots": True},
    status_code=200,
)
async def set_conversation_labels(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    data: JSONBody[SetLabels],
) -> Labels:
    """Replace the conversation's labels."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(tx, DisplayId(conversation_id), viewer)
        await set_labels(tx, conversation, data.labels, by=viewer.actor)
        return Labels(await titles(tx, conversation.label_ids))


router = Router(
    "", route_handlers=[conversation_labels, set_conversation_labels], tags=["Conversations"]
)
