"""Conversations in which nobody wrote for long are resolved, where the account wants it so."""

from datetime import timedelta

from sqlalchemy import select

from desk.actions.change_status import change_status
from desk.actions.send_reply import send_template
from desk.store.jobs import queue_job
from desk.store.transaction import TenantTx
from desk.tables.accounts import AccountRow
from desk.tables.conversations import ConversationRow
from desk.tables.inboxes import InboxRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus

RESOLVE_QUIET = "resolve_quiet"
"""The kind of the job that looks for them, again and again."""

EVERY = timedelta(minutes=5)
AT_ONCE = 100


async def look_for_quiet(tx: TenantTx, *, after: timedelta = timedelta(0)) -> None:
    """Oblige the desk to look; there is one such job an account, begun anew each time."""
    # Its attempts go with it, or they would pile up.
    await tx.execute(
        "delete from jobs where account_id = %s and kind = %s", [tx.account_id, RESOLVE_QUIET]
    )
    await queue_job(tx, RESOLVE_QUIET, "account", {}, priority=8, due_at=tx.now + after)


async def resolve_quiet(tx: TenantTx) -> int | None:
    """Resolve some that were quiet for long enough; how many. Nothing: nobody wants it any more."""
    account = await tx.session.get(AccountRow, tx.account_id)
    wait = None if account is None else account.settings.get("auto_resolve_after")
    if account is None or wait is None or account.suspended:
        return None
    quiet = (
        select(ConversationRow)
        .where(
            ConversationRow.account_id == tx.account_id,
            ConversationRow.status == int(ConversationStatus.OPEN),
            ConversationRow.last_activity_at < tx.now - timedelta(minutes=int(wait)),
        )
        .order_by(ConversationRow.last_activity_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    if account.settings.get("auto_resolve_ignore_waiting"):
        quiet = quiet.where(ConversationRow.waiting_since.is_(None))
    found = (await tx.session.execute(quiet)).scalars().all()
    message = account.settings.get("auto_resolve_message")
    for conversation in found:
        if message and await _may_be_written_to(tx, conversation):
            await send_template(tx, conversation, message, by=Actor.system())
        await change_status(tx, conversation, ConversationStatus.RESOLVED, by=Actor.system())
    return len(found)


async def _may_be_written_to(tx: TenantTx, conversation: ConversationRow) -> bool:
    inbox = await tx.session.get(InboxRow, (tx.account_id, conversation.inbox_id))
    hours = None if inbox is None else inbox.config.get("free_reply_hours")
    heard = conversation.last_incoming_at
    return hours is None or (heard is not None and tx.now - heard <= timedelta(hours=hours))
