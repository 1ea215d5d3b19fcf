"""A conversation becomes part of another."""

import msgspec
from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.merge_conversations import merge_conversations
from desk.shapes.conversation import Conversation
from desk.store.desk import Desk
from desk.store.visible import visible_conversation
from desk.words.errors import Invalid, NotFound
from desk.words.ids import ConversationId, DisplayId
from inbox_service.api.answers import answers, raw
from inbox_service.api.conversations import whole


class MergeInto(msgspec.Struct):
    """The number of the conversation that goes on."""

    into: int


@post(
    "/conversations/{conversation_id:int}/merge",
    operation_id="merge-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_WRITE},
    status_code=200,
    responses=answers(Conversation),
)
async def merge(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    data: JSONBody[MergeInto],
) -> Response[bytes]:
    """Make it part of another of the inbox, which is answered; ours."""
    async with desk.transaction(viewer.account_id) as tx:
        absorbed = await visible_conversation(tx, DisplayId(conversation_id), viewer)
        try:
            into = await visible_conversation(tx, DisplayId(data.into), viewer)
        except NotFound as error:
            raise Invalid("unknown_conversation", error.sentence, field="into") from None
        survivor = await merge_conversations(
            tx, ConversationId(absorbed["id"]), ConversationId(into["id"]), by=viewer.actor
        )
        await tx.session.flush()
        return raw(await whole(tx, survivor.id))


router = Router("", route_handlers=[merge], tags=["Conversations"])
