"""Whoever acts writes to the customer or leaves a note: a person replies, a bot answers."""

from typing import Any

from desk.actions.answer_as_bot import answer_as_bot
from desk.actions.send_reply import send_reply
from desk.actions.write_message import StoredFile
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor, ActorKind
from desk.words.errors import Forbidden
from desk.words.ids import MessageId, UserId


async def say(
    tx: TenantTx,
    conversation: ConversationRow,
    content: str | None,
    *,
    by: Actor,
    private: bool = False,
    files: tuple[StoredFile, ...] = (),
    content_attributes: dict[str, Any] | None = None,
    echo_id: str | None = None,
) -> MessageId:
    """Store it under the actor's name, and the obligation to send it unless it is a note."""
    if by.id is None or by.kind not in (ActorKind.USER, ActorKind.BOT):
        raise Forbidden("cannot_say", "Only people and bots write messages.")
    if by.kind is ActorKind.BOT:
        return await answer_as_bot(
            tx,
            conversation,
            content,
            by=by,
            private=private,
            files=files,
            content_attributes=content_attributes,
            echo_id=echo_id,
        )
    return await send_reply(
        tx,
        conversation,
        content,
        by=UserId(by.id),
        private=private,
        files=files,
        content_attributes=content_attributes,
        echo_id=echo_id,
    )
