"""A customer's message that a program of the account's writes for them: API inboxes only."""

from desk.access.audience import Viewer
from desk.actions.take_message import take_message
from desk.actions.write_message import StoredFile
from desk.store.conversations import goes_on_in
from desk.store.desk import Desk
from desk.store.visible import visible_conversation
from desk.words.channels import ChannelKind
from desk.words.errors import Invalid
from desk.words.ids import ConversationId, DisplayId, InboxId, MessageId
from inbox_service.api.public.said import Said, as_inbound
from inbox_service.api.uploads import WrittenMessage

_DOOR = """
select i.channel, ci.source_id from conversations c
join inboxes i on i.account_id = c.account_id and i.id = c.inbox_id
join contact_inboxes ci on ci.account_id = c.account_id and ci.id = c.contact_inbox_id
where c.account_id = %s and c.id = %s"""


async def take_incoming(
    desk: Desk,
    viewer: Viewer,
    display_id: int,
    written: WrittenMessage,
    files: list[StoredFile],
) -> MessageId:
    """Store it as every message of a customer; the same id again is the same message."""
    async with desk.transaction_across_accounts(
        reason="a customer's message is received as all messages are"
    ) as wide:
        tx = wide.within(viewer.account_id)
        found = await visible_conversation(tx, DisplayId(display_id), viewer)
        where = ConversationId(found["id"])
        door = await tx.one(_DOOR, [tx.account_id, where])
        if door["channel"] != ChannelKind.API:
            raise Invalid(
                "only_outgoing", "Only an API inbox takes incoming messages.", field="message_type"
            )
        said = Said(written.content, written.echo_id, written.source_id, written.content_attributes)
        inbound = await as_inbound(tx, where, door["source_id"], said, files)
        inbox_id = InboxId(found["inbox_id"])
        taken = await take_message(wide, viewer.account_id, inbox_id, inbound)
        if taken.conversation_id not in (where, await goes_on_in(tx, where)):
            raise Invalid("source_id_taken", "Another message has this id.", field="source_id")
        return taken.message_id
