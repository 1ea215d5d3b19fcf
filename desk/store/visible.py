"""What a viewer may see by its number or id; what they may not see is not there."""

from typing import Any

from desk.access.audience import Viewer, may_see
from desk.store.transaction import TenantTx
from desk.words.errors import NotFound
from desk.words.ids import DisplayId


async def visible_conversation(
    tx: TenantTx, display_id: DisplayId, viewer: Viewer
) -> dict[str, Any]:
    """id, inbox_id, assignee_id, contact_id, label_ids, status and the contact's socket token."""
    found = await tx.first(
        """select c.id, c.display_id, c.inbox_id, c.assignee_id, c.contact_id, c.label_ids,
                  c.status, ci.pubsub_token as contact_token
           from conversations c
           join contact_inboxes ci on ci.account_id = c.account_id and ci.id = c.contact_inbox_id
           where c.account_id = %s and c.display_id = %s""",
        [tx.account_id, display_id],
    )
    if found is None or not may_see(
        viewer, inbox_id=found["inbox_id"], assignee_ids=[found["assignee_id"]]
    ):
        raise NotFound("conversation_not_found", f"There is no conversation {display_id}.")
    return found


async def conversation_of_message(tx: TenantTx, message_id: int) -> DisplayId:
    """The number of the message's conversation, whoever may see it; raises NotFound."""
    found = await tx.first(
        """select c.display_id from messages m
           join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
           where m.account_id = %s and m.id = %s""",
        [tx.account_id, message_id],
    )
    if found is None:
        raise NotFound("message_not_found", "There is no such message.")
    return DisplayId(found["display_id"])


async def visible_attachment(tx: TenantTx, attachment_id: int, viewer: Viewer) -> dict[str, Any]:
    """file_key, file_name, mime_type and size of a file in a conversation the viewer may see."""
    found = await tx.first(
        """select f.file_key, f.file_name, f.mime_type, f.size, c.inbox_id, c.assignee_id
           from attachments f
           join messages m on m.account_id = f.account_id and m.id = f.message_id
           join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
           where f.account_id = %s and f.id = %s""",
        [tx.account_id, attachment_id],
    )
    if (
        found is None
        or found["file_key"] is None
        or not may_see(viewer, inbox_id=found["inbox_id"], assignee_ids=[found["assignee_id"]])
    ):
        raise NotFound("attachment_not_found", "There is no such file.")
    return found
