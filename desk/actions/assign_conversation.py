"""Give a conversation to an agent or a team, or take it away from them."""

from desk.actions.activity import add_activity_line
from desk.events.conversations import ConversationAssigned, ConversationTeamChanged
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor, ActorKind
from desk.words.errors import Invalid
from desk.words.ids import ConversationId, TeamId, UserId
from desk.words.people import Role


async def assign_conversation(
    tx: TenantTx, conversation: ConversationRow, to: UserId | None, *, by: Actor
) -> None:
    """Give the conversation to an agent of its inbox, or to nobody."""
    if conversation.assignee_id == to:
        return
    name = await _assignable(tx, conversation, to) if to is not None else None
    before, conversation.assignee_id = conversation.assignee_id, to
    conversation.assignee_last_seen_at = None
    conversation.updated_at = tx.now
    tx.record(
        ConversationAssigned(
            ConversationId(conversation.id), UserId(before) if before else None, to
        ),
        by=by,
        conversation_id=ConversationId(conversation.id),
    )
    if to is None:
        line = "{who} unassigned the conversation"
    elif by.kind is ActorKind.USER and by.id == to:
        line = "{who} took the conversation"
    else:
        line = "{who} assigned the conversation to " + _plain(str(name))
    await add_activity_line(tx, conversation, line, by=by)


async def assign_team(
    tx: TenantTx, conversation: ConversationRow, to: TeamId | None, *, by: Actor
) -> None:
    """Give the conversation to a team, or to none; an assignee outside the team loses it."""
    if conversation.team_id == to:
        return
    name = None
    if to is not None:
        team = await tx.first(
            "select name from teams where account_id = %s and id = %s", [tx.account_id, to]
        )
        if team is None:
            raise Invalid("unknown_team", "There is no such team.", field="team_id")
        name = team["name"]
    before, conversation.team_id = conversation.team_id, to
    conversation.updated_at = tx.now
    tx.record(
        ConversationTeamChanged(
            ConversationId(conversation.id), TeamId(before) if before else None, to
        ),
        by=by,
        conversation_id=ConversationId(conversation.id),
    )
    line = "{who} took the conversation from its team"
    if name is not None:
        line = "{who} gave the conversation to the team " + _plain(name)
    await add_activity_line(tx, conversation, line, by=by)
    if to is not None and conversation.assignee_id is not None:
        member = await tx.first(
            "select from team_members where account_id = %s and team_id = %s and user_id = %s",
            [tx.account_id, to, conversation.assignee_id],
        )
        if member is None:
            await assign_conversation(tx, conversation, None, by=by)


async def _assignable(tx: TenantTx, conversation: ConversationRow, to: UserId) -> str:
    row = await tx.first(
        """select coalesce(u.display_name, u.name) as name from account_users au
           join users u on u.id = au.user_id
           where au.account_id = %(account)s and au.user_id = %(user)s
             and (au.role = %(administrator)s or exists (
                 select from inbox_members im where im.account_id = %(account)s
                   and im.inbox_id = %(inbox)s and im.user_id = %(user)s))""",
        {
            "account": tx.account_id,
            "user": to,
            "administrator": int(Role.ADMINISTRATOR),
            "inbox": conversation.inbox_id,
        },
    )
    if row is None:
        raise Invalid(
            "assignee_not_in_inbox",
            "The agent does not work in this conversation's inbox.",
            field="assignee_id",
        )
    return str(row["name"])


def _plain(name: str) -> str:
    # The line is a format string with the actor's name in it: braces in a name are only braces.
    return name.replace("{", "{{").replace("}", "}}")
