"""Whoever acts writes to the customer or leaves a note: a person replies, a bot answers."""

from typing import Any

from desk.actions.answer_as_bot import answer_as_bot
from desk.actions.send_reply import refuse_unless_templates, send_reply
from desk.actions.write_message import StoredFile
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor, ActorKind
from desk.words.conversation import ContentType
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
    content_type: ContentType = ContentType.TEXT,
    template_params: dict[str, Any] | None = None,
) -> MessageId:
    """Store it under the actor's name, and the obligation to send it unless it is a note.

    `template_params` name a template that WhatsApp has approved, and fill it in.
    """
    if template_params is not None:
        await refuse_unless_templates(tx, conversation)
    additional = {} if template_params is None else {"template_params": template_params}
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
            content_type=content_type,
            additional_attributes=additional,
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
        content_type=content_type,
        additional_attributes=additional,
    )
