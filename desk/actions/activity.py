"""The lines in a thread that say what was done to the conversation, and by whom."""

from desk.actions.write_message import Draft, write_message
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor, ActorKind
from desk.words.conversation import MessageType


async def add_activity_line(
    tx: TenantTx, conversation: ConversationRow, sentence: str, *, by: Actor
) -> None:
    """Write a line into the thread; `{who}` stands for the actor's name."""
    who = await _name_of(tx, by)
    await write_message(
        tx,
        conversation,
        Draft(MessageType.ACTIVITY, sentence.format(who=who), None, None),
        by=by,
    )


async def _name_of(tx: TenantTx, by: Actor) -> str:
    names: dict[Actor, str] = tx.session.info.setdefault("names", {})
    if by not in names:
        names[by] = await _look_up(tx, by)
    return names[by]


async def _look_up(tx: TenantTx, by: Actor) -> str:
    if by.kind is ActorKind.USER:
        row = await tx.first(
            "select coalesce(display_name, name) as name from users where id = %s", [by.id]
        )
        return row["name"] if row else "A former agent"
    if by.kind is ActorKind.CONTACT:
        row = await tx.first(
            "select name from contacts where account_id = %s and id = %s", [tx.account_id, by.id]
        )
        return (row and row["name"]) or "The customer"
    if by.kind is ActorKind.RULE:
        row = await tx.first(
            "select name from automation_rules where account_id = %s and id = %s",
            [tx.account_id, by.id],
        )
        return f"Automation “{row['name']}”" if row else "A former automation"
    if by.kind is ActorKind.BOT:
        row = await tx.first(
            """select name from agent_bots
               where id = %s and (account_id = %s or account_id is null)""",
            [by.id, tx.account_id],
        )
        return row["name"] if row else "A former bot"
    return "Streamdesk"
