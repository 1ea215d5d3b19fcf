"""Delete whole conversations; what happened in them stays in the log and in the numbers."""

from collections.abc import Sequence

from desk.events.conversations import ConversationDeleted
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.ids import ConversationId, InboxId


async def delete_conversations(
    tx: TenantTx, conversation_ids: Sequence[int], *, by: Actor
) -> list[int]:
    """Messages, surveys and rows go at once, and their files become an obligation; whose went.

    What was merged into one of them is part of it, and goes as well.
    """
    which = [tx.account_id, await _with_their_parts(tx, conversation_ids)]
    await tx.execute(
        """insert into files_to_remove (account_id, file_key, created_at)
           select f.account_id, f.file_key, %s from attachments f
           join messages m on m.account_id = f.account_id and m.id = f.message_id
           where m.account_id = %s and m.conversation_id = any(%s) and f.file_key is not null""",
        [tx.now, *which],
    )
    await tx.execute(
        "delete from csat_surveys where account_id = %s and conversation_id = any(%s)", which
    )
    await tx.execute(
        "delete from messages where account_id = %s and conversation_id = any(%s)", which
    )
    gone = await tx.all(
        "delete from conversations where account_id = %s and id = any(%s) returning id, inbox_id",
        which,
    )
    for row in gone:
        conversation_id = ConversationId(row["id"])
        tx.record(
            ConversationDeleted(conversation_id, InboxId(row["inbox_id"])),
            by=by,
            conversation_id=conversation_id,
        )
    return [row["id"] for row in gone]


async def _with_their_parts(tx: TenantTx, conversation_ids: Sequence[int]) -> list[int]:
    # Locked first: what is being merged into one of them is part of it by the second statement.
    found = []
    for which in ("id", "merged_into_id"):
        found += await tx.all(
            f"""select id from conversations where account_id = %s and {which} = any(%s)
                order by id for update""",  # noqa: S608
            [tx.account_id, list(conversation_ids)],
        )
    return sorted({row["id"] for row in found})
