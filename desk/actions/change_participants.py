"""Call agents into a conversation, or let them go."""

from collections.abc import Iterable

from desk.events.conversations import ConversationParticipantsChanged
from desk.store.participants import participant_ids
from desk.store.people import assignable_agents
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.errors import Invalid
from desk.words.ids import ConversationId, UserId


async def change_participants(
    tx: TenantTx,
    conversation: ConversationRow,
    *,
    join: Iterable[int] = (),
    leave: Iterable[int] = (),
    by: Actor,
) -> None:
    """Let these take part and those not any more; whoever joins must work in the inbox."""
    before = set(await participant_ids(tx, ConversationId(conversation.id)))
    joined, left = sorted(set(join) - before), sorted(before & set(leave))
    if joined:
        await _check(tx, conversation, joined)
        await tx.execute(
            """insert into conversation_participants
                   (account_id, conversation_id, user_id, created_at)
               select %s, %s, person, %s from unnest(%b::bigint[]) as person
               on conflict do nothing""",
            [tx.account_id, conversation.id, tx.now, joined],
        )
    if left:
        await tx.execute(
            """delete from conversation_participants
               where account_id = %s and conversation_id = %s and user_id = any(%s)""",
            [tx.account_id, conversation.id, left],
        )
    if joined or left:
        tx.record(
            ConversationParticipantsChanged(
                ConversationId(conversation.id),
                [UserId(one) for one in joined],
                [UserId(one) for one in left],
            ),
            by=by,
            conversation_id=ConversationId(conversation.id),
        )


async def _check(tx: TenantTx, conversation: ConversationRow, joining: list[int]) -> None:
    may = {row["id"] for row in await assignable_agents(tx, [conversation.inbox_id])}
    unknown = [str(one) for one in joining if one not in may]
    if unknown:
        raise Invalid(
            "participants_not_in_inbox",
            f"No agent of this conversation's inbox has the id {', '.join(unknown[:20])}.",
            field="user_ids",
        )
