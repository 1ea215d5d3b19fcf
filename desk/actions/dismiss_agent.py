"""Take an agent out of an account; what they did there stays."""

from sqlalchemy import delete, select

from desk.actions.assign_conversation import assign_conversation
from desk.events.administration import AgentRemoved
from desk.store.transaction import TenantTx
from desk.tables.accounts import AccountUserRow
from desk.tables.conversations import ConversationRow
from desk.tables.inboxes import InboxMemberRow
from desk.tables.teams import TeamMemberRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.errors import Invalid, NotFound
from desk.words.ids import UserId


async def dismiss_agent(tx: TenantTx, user_id: UserId, *, by: Actor) -> None:
    """End the user's work for the account: conversations they had in hand go back to nobody."""
    if by == Actor.user(user_id):
        raise Invalid("cannot_dismiss_oneself", "Somebody else must remove you.")
    row = await tx.session.get(AccountUserRow, (tx.account_id, user_id), with_for_update=True)
    if row is None:
        raise NotFound("agent_not_found", "There is no such agent in this account.")
    in_hand = await tx.session.execute(
        select(ConversationRow)
        .where(
            ConversationRow.account_id == tx.account_id,
            ConversationRow.assignee_id == user_id,
            ConversationRow.status != int(ConversationStatus.RESOLVED),
        )
        .order_by(ConversationRow.id)
        .with_for_update()
    )
    for conversation in in_hand.scalars().all():
        await assign_conversation(tx, conversation, None, by=by)
    for members in (InboxMemberRow, TeamMemberRow):
        await tx.session.execute(
            delete(members).where(
                members.account_id == tx.account_id, members.user_id == int(user_id)
            )
        )
    tx.record(AgentRemoved(user_id, row.role), by=by)
    await tx.session.delete(row)
