"""How far another program has been told of a conversation: one teller at a time, nothing twice."""

from datetime import timedelta
from typing import Any

import msgspec

from desk.store.jobs import queue_job
from desk.store.transaction import TenantTx
from desk.words.ids import ConversationId

POST_TO_SLACK = "post_to_slack"
ASK_DIALOGFLOW = "ask_dialogflow"
TAKE_SLACK_REPLY = "take_slack_reply"
"""The kinds of the jobs that apps come to."""

TRIES = 8
AT_ONCE = 20

_UNTOLD = """
select m.id, m.content, m.message_type, m.private, m.created_at, m.sender_type,
       m.content_type,
       coalesce(u.display_name, u.name, k.name, b.name) as sender,
       array(select coalesce(f.file_name, 'file') from attachments f
             where f.account_id = m.account_id and f.message_id = m.id order by f.id) as files
from messages m
left join users u on m.sender_type = 'User' and u.id = m.sender_id
left join contacts k on m.sender_type = 'Contact' and k.account_id = m.account_id
    and k.id = m.sender_id
left join agent_bots b on m.sender_type = 'AgentBot' and b.id = m.sender_id
where m.account_id = %(account)s and m.conversation_id = %(conversation)s
  and m.id > %(after)s and m.message_type in (0, 1, 3)
  and not coalesce((m.content_attributes ->> 'deleted')::boolean, false)
  and not exists (select from integration_posts p where p.account_id = m.account_id
      and p.hook_id = %(hook)s and p.message_id = m.id)
order by m.id limit %(limit)s"""


class Followed(msgspec.Struct):
    """A conversation as the other program follows it."""

    hook_id: int
    conversation_id: int
    external_id: str | None
    last_message_id: int
    trying_message_id: int | None


async def follow(tx: TenantTx, hook_id: int, conversation_id: int, message_id: int) -> None:
    """Begin with this message, unless the conversation is followed already; oblige to tell."""
    await tx.execute(
        """insert into integration_threads (account_id, hook_id, conversation_id, last_message_id)
           values (%s, %s, %s, %s) on conflict do nothing""",
        [tx.account_id, hook_id, conversation_id, message_id - 1],
    )
    await queue_job(
        tx,
        POST_TO_SLACK,
        f"{hook_id}:{conversation_id}",
        {"hook_id": hook_id, "conversation_id": conversation_id},
        priority=6,
        max_attempts=TRIES,
    )


async def take_followed(
    tx: TenantTx, hook_id: int, conversation_id: int, *, hold: timedelta
) -> Followed | timedelta | None:
    """The thread, held by whoever asked; how long another holds it; or nothing."""
    row = await tx.first(
        """select hook_id, conversation_id, external_id, last_message_id, trying_message_id,
                  held_until from integration_threads
           where account_id = %s and hook_id = %s and conversation_id = %s for update""",
        [tx.account_id, hook_id, conversation_id],
    )
    if row is None:
        return None
    held_until = row.pop("held_until")
    if held_until is not None and held_until > tx.now:
        left: timedelta = held_until - tx.now
        return left
    await _set(tx, hook_id, conversation_id, "held_until = %s", tx.now + hold)
    return Followed(**row)


async def untold(tx: TenantTx, thread: Followed) -> list[dict[str, Any]]:
    """The next messages that the other program does not know, oldest first."""
    return await tx.all(
        _UNTOLD,
        {
            "account": tx.account_id,
            "conversation": thread.conversation_id,
            "after": thread.last_message_id,
            "hook": thread.hook_id,
            "limit": AT_ONCE,
        },
    )


async def about_to_tell(tx: TenantTx, thread: Followed, message_id: int | None) -> None:
    """Remember what is being told, for the case that nobody hears how it came out."""
    await _set(tx, thread.hook_id, thread.conversation_id, "trying_message_id = %s", message_id)
    thread.trying_message_id = message_id


async def told(tx: TenantTx, thread: Followed, message_id: int, external_id: str | None) -> None:
    """It is there, under its own id; the first one is the thread. Without an id it is passed over."""
    if external_id is not None:
        await tx.execute(
            """insert into integration_posts (account_id, hook_id, message_id, external_id)
               values (%s, %s, %s, %s) on conflict do nothing""",
            [tx.account_id, thread.hook_id, message_id, external_id],
        )
        thread.external_id = thread.external_id or external_id
    thread.last_message_id, thread.trying_message_id = message_id, None
    await tx.execute(
        """update integration_threads set external_id = %s, last_message_id = greatest(
               last_message_id, %s), trying_message_id = null
           where account_id = %s and hook_id = %s and conversation_id = %s""",
        [
            thread.external_id,
            message_id,
            tx.account_id,
            thread.hook_id,
            thread.conversation_id,
        ],
    )


async def let_go(tx: TenantTx, thread: Followed) -> bool:
    """Hold it no longer; whether there is more to tell."""
    await _set(tx, thread.hook_id, thread.conversation_id, "held_until = %s", None)
    return bool(await untold(tx, thread))


async def came_back(tx: TenantTx, hook_id: int, message_id: int, external_id: str) -> None:
    """A message that came from there is there already."""
    await tx.execute(
        """insert into integration_posts (account_id, hook_id, message_id, external_id)
           values (%s, %s, %s, %s)""",
        [tx.account_id, hook_id, message_id, external_id],
    )


async def oblige_to_ask(
    tx: TenantTx, hook_id: int, conversation_id: ConversationId, message_id: int
) -> None:
    """Oblige the desk to ask the bot what it says to the message."""
    await queue_job(
        tx,
        ASK_DIALOGFLOW,
        f"{hook_id}:{message_id}",
        {"hook_id": hook_id, "conversation_id": conversation_id, "message_id": message_id},
        priority=1,
        max_attempts=4,
    )


async def _set(
    tx: TenantTx, hook_id: int, conversation_id: int, assignment: str, value: object
) -> None:
    await tx.execute(
        f"""update integration_threads set {assignment}
            where account_id = %s and hook_id = %s and conversation_id = %s""",  # noqa: S608
        [value, tx.account_id, hook_id, conversation_id],
    )
