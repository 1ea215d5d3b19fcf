"""Conversations by id or number: their shapes, and their rows to be changed."""

from typing import Any

from sqlalchemy import select

from desk.access.audience import Viewer, may_see
from desk.shapes.conversation import HYDRATE
from desk.store.prepared import Prepared
from desk.store.transaction import TenantTx, Transaction
from desk.tables.conversations import ConversationRow
from desk.words.errors import Invalid, NotFound
from desk.words.ids import AccountId, ConversationId, DisplayId

ONES = HYDRATE.replace("%(account_id)s", "$1").replace("%(ids)s", "$2").replace("%(now)s", "$3")

_LIST = Prepared(
    "conversation_list",
    ("bigint", "bigint[]", "timestamptz"),
    f"""select '[' || coalesce(string_agg(one.shape, ',' order by array_position($2, one.id)), '')
               || ']' from ({ONES}) one""",
)


async def shapes(
    tx: Transaction, account_id: AccountId, ids: list[int]
) -> dict[int, dict[str, Any]]:
    """For each id: `shape` (JSON text), inbox_id, assignee_id and the contact's socket token."""
    if not ids:
        return {}
    rows = await tx.all(
        HYDRATE, {"account_id": account_id, "ids": ids, "now": tx.now}, prepare=True
    )
    return {row["id"]: row for row in rows}


async def shape_list(tx: TenantTx, ids: list[int]) -> bytes:
    """A JSON array of the conversations, in the order of the ids."""
    if not ids:
        return b"[]"
    row = await tx.run(_LIST, tx.account_id, ids, tx.now)
    return str(row[0] if row else "[]").encode()


async def lock_conversation(tx: TenantTx, conversation_id: ConversationId) -> ConversationRow:
    """The row, locked until the transaction ends; raises NotFound."""
    row = await tx.session.get(
        ConversationRow, (tx.account_id, conversation_id), with_for_update=True
    )
    if row is None:
        raise NotFound("conversation_not_found", "There is no such conversation.")
    return row


async def conversation_by_number(
    tx: TenantTx, display_id: DisplayId, viewer: Viewer, *, even_merged: bool = False
) -> ConversationRow:
    """The locked row of a conversation the viewer may see; raises NotFound, also when they may not.

    What became part of another is done with: raises Invalid, except for those who want it even so.
    """
    found = await tx.session.execute(
        select(ConversationRow)
        .where(
            ConversationRow.account_id == tx.account_id, ConversationRow.display_id == display_id
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = found.scalar_one_or_none()
    if row is None or not may_see(viewer, inbox_id=row.inbox_id, assignee_ids=[row.assignee_id]):
        raise NotFound("conversation_not_found", f"There is no conversation {display_id}.")
    if not even_merged:
        await refuse_if_merged(tx, row)
    return row


async def refuse_if_merged(tx: TenantTx, conversation: ConversationRow) -> None:
    """Raises Invalid where the conversation is part of another, saying of which."""
    if conversation.merged_into_id is None:
        return
    row = await tx.one(
        "select display_id from conversations where account_id = %s and id = %s",
        [tx.account_id, conversation.merged_into_id],
    )
    raise Invalid(
        "conversation_merged",
        f"Conversation #{conversation.display_id} was merged into #{row['display_id']}:"
        " go on there.",
        merged_into=row["display_id"],
    )


async def goes_on_in(tx: TenantTx, conversation_id: ConversationId) -> ConversationId:
    """The conversation that it became part of, or itself."""
    row = await tx.one(
        """select coalesce(merged_into_id, id) as id from conversations
           where account_id = %s and id = %s""",
        [tx.account_id, conversation_id],
    )
    return ConversationId(row["id"])


_ANSWERED = (
    "id", "inbox_id", "contact_id", "assignee_id", "team_id", "status", "first_reply_created_at",
    "last_activity_at", "merged_into_id",
)  # fmt: skip

_TO_ANSWER = Prepared(
    "conversation_to_answer",
    ("bigint", "bigint"),
    f"select {', '.join(_ANSWERED)} from conversations "
    "where account_id = $1 and display_id = $2 for update",
)


async def conversation_to_answer(
    tx: TenantTx, display_id: DisplayId, viewer: Viewer
) -> ConversationRow:
    """The same locked, as a row that belongs to no session: `write_message` writes it itself.

    Whoever wants to change more of it takes `conversation_by_number`.
    """
    row = await tx.run(_TO_ANSWER, tx.account_id, display_id)
    found = dict(zip(_ANSWERED, row, strict=True)) if row else None
    if found is None or not may_see(
        viewer, inbox_id=found["inbox_id"], assignee_ids=[found["assignee_id"]]
    ):
        raise NotFound("conversation_not_found", f"There is no conversation {display_id}.")
    answered = ConversationRow(account_id=tx.account_id, display_id=display_id, **found)
    await refuse_if_merged(tx, answered)
    return answered
