"""Two conversations turn out to be one matter."""

from datetime import datetime

from sqlalchemy import select

from desk.actions.activity import add_activity_line
from desk.actions.change_status import WAKE_CONVERSATION, change_status
from desk.actions.follow_sla import end_unjudged
from desk.events.conversations import (
    ConversationLabelsChanged,
    ConversationMerged,
    ConversationParticipantsChanged,
    ConversationPriorityChanged,
)
from desk.store.conversations import refuse_if_merged
from desk.store.jobs import drop_job
from desk.store.sender_locks import hold, of_sender, of_threads
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.conversation import ConversationStatus
from desk.words.errors import Invalid, NotFound
from desk.words.ids import ConversationId, InboxId, TeamId, UserId

_FIELD = "into"

_THEY_TAKE_PART = """
insert into conversation_participants (account_id, conversation_id, user_id, created_at)
select account_id, %(survivor)s, user_id, %(now)s from conversation_participants
where account_id = %(account)s and conversation_id = %(absorbed)s
on conflict do nothing returning user_id"""


# Nobody who follows ever has to go further than one step.
_EARLIER_ONES = """
update conversations set merged_into_id = %s, updated_at = %s
where account_id = %s and merged_into_id = %s"""

_LATEST = """
select max(at) as at from events where account_id = %s and conversation_id = any(%s)"""

_ADDRESSES = """
select c.inbox_id, a.source_id from conversations c
join contact_inboxes a on a.account_id = c.account_id and a.id = c.contact_inbox_id
where c.account_id = %s and c.id = any(%s)"""


async def merge_conversations(
    tx: TenantTx, conversation_id: ConversationId, into_id: ConversationId, *, by: Actor
) -> ConversationRow:
    """The first becomes part of the second, which is returned and alone goes on.

    What was written stays where it was written, and the survivor's row keeps its own beginning:
    that the matter began with the earlier of the two is for the numbers to know.
    """
    if conversation_id == into_id:
        raise Invalid(
            "conversation_merged_with_itself",
            "A conversation cannot be merged into itself.",
            field=_FIELD,
        )
    absorbed, survivor = await _locked(tx, conversation_id, into_id)
    await _refuse_strangers(tx, absorbed, survivor)
    await end_unjudged(tx, conversation_id)
    was = ConversationStatus(absorbed.status)
    _record_merge(tx, absorbed, survivor, by)
    await tx.execute(_EARLIER_ONES, [survivor.id, tx.now, tx.account_id, absorbed.id])
    _hand_over(tx, absorbed, survivor, was, by)
    await _close(tx, absorbed, survivor, was)
    await _take_participants(tx, absorbed, survivor, by)
    if _has_to_open(was, ConversationStatus(survivor.status)):
        await change_status(tx, survivor, ConversationStatus.OPEN, by=by)
    await add_activity_line(
        tx,
        survivor,
        f"Conversation #{absorbed.display_id} was merged into this one by {{who}}",
        by=by,
    )
    await add_activity_line(
        tx, absorbed, f"The conversation was merged into #{survivor.display_id} by {{who}}", by=by
    )
    return survivor


async def _locked(
    tx: TenantTx, conversation_id: ConversationId, into_id: ConversationId
) -> tuple[ConversationRow, ConversationRow]:
    """Both, in the order of their ids; no message of theirs is on its way to either meanwhile."""
    ids = [conversation_id, into_id]
    locks: set[str] = set()
    for row in await tx.all(_ADDRESSES, [tx.account_id, ids]):
        locks |= {of_sender(row["inbox_id"], row["source_id"]), of_threads(row["inbox_id"])}
    await hold(tx, locks)
    found = await tx.session.execute(
        select(ConversationRow)
        .where(ConversationRow.account_id == tx.account_id, ConversationRow.id.in_(ids))
        .order_by(ConversationRow.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = {row.id: row for row in found.scalars()}
    if len(rows) < 2:
        raise NotFound("conversation_not_found", "There is no such conversation.")
    # Who held them while this waited may have begun later: the merge comes after that all the same.
    latest = (await tx.one(_LATEST, [tx.account_id, ids]))["at"]
    tx.now = max(tx.now, latest or tx.now)
    return rows[conversation_id], rows[into_id]


async def _refuse_strangers(
    tx: TenantTx, absorbed: ConversationRow, survivor: ConversationRow
) -> None:
    await refuse_if_merged(tx, absorbed)
    await refuse_if_merged(tx, survivor)
    if absorbed.inbox_id != survivor.inbox_id:
        raise Invalid(
            "conversation_of_another_inbox",
            f"Conversation #{survivor.display_id} is of another inbox.",
            field=_FIELD,
        )
    if absorbed.contact_inbox_id == survivor.contact_inbox_id:
        return
    inbox = await tx.one(
        "select channel from inboxes where account_id = %s and id = %s",
        [tx.account_id, absorbed.inbox_id],
    )
    # Whoever writes in a thread of mails joins it, so several people of one are nothing new.
    if inbox["channel"] == ChannelKind.EMAIL:
        return
    if absorbed.contact_id != survivor.contact_id:
        raise Invalid(
            "conversation_of_another_contact",
            f"Conversation #{survivor.display_id} is with another contact.",
            field=_FIELD,
        )
    raise Invalid(
        "conversation_of_another_address",
        f"Conversation #{survivor.display_id} is with another address of the contact:"
        " answers would go there.",
        field=_FIELD,
    )


def _record_merge(
    tx: TenantTx, absorbed: ConversationRow, survivor: ConversationRow, by: Actor
) -> None:
    conversation_id = ConversationId(absorbed.id)
    tx.record(
        ConversationMerged(
            conversation_id,
            InboxId(absorbed.inbox_id),
            ConversationId(survivor.id),
            status_was=absorbed.status,
            assignee_id=UserId(absorbed.assignee_id) if absorbed.assignee_id else None,
            team_id=TeamId(absorbed.team_id) if absorbed.team_id else None,
        ),
        by=by,
        conversation_id=conversation_id,
    )


def _hand_over(
    tx: TenantTx,
    absorbed: ConversationRow,
    survivor: ConversationRow,
    was: ConversationStatus,
    by: Actor,
) -> None:
    """Who waits, what is unread, how urgent it is and what it is about."""
    survivor_id = ConversationId(survivor.id)
    survivor.waiting_since = _earlier(survivor.waiting_since, absorbed.waiting_since)
    survivor.first_reply_created_at = _earlier(
        survivor.first_reply_created_at, absorbed.first_reply_created_at
    )
    heard = [survivor.last_incoming_at, absorbed.last_incoming_at]
    survivor.last_incoming_at = max((at for at in heard if at is not None), default=None)
    if was is not ConversationStatus.RESOLVED:
        survivor.unread_count += absorbed.unread_count
    survivor.updated_at = tx.now
    before, higher = survivor.priority, absorbed.priority
    if higher is not None and (before is None or before < higher):
        survivor.priority = higher
        tx.record(
            ConversationPriorityChanged(survivor_id, before, higher),
            by=by,
            conversation_id=survivor_id,
        )
    added = sorted(set(absorbed.label_ids) - set(survivor.label_ids))
    if added:
        survivor.label_ids = sorted({*survivor.label_ids, *added})
        tx.record(
            ConversationLabelsChanged(survivor_id, added, []), by=by, conversation_id=survivor_id
        )


async def _close(
    tx: TenantTx, absorbed: ConversationRow, survivor: ConversationRow, was: ConversationStatus
) -> None:
    if was is ConversationStatus.SNOOZED:
        await drop_job(tx, WAKE_CONVERSATION, str(absorbed.id))
    absorbed.merged_into_id = survivor.id
    absorbed.status = int(ConversationStatus.RESOLVED)
    absorbed.snoozed_until = absorbed.waiting_since = None
    absorbed.unread_count = 0
    absorbed.updated_at = tx.now


async def _take_participants(
    tx: TenantTx, absorbed: ConversationRow, survivor: ConversationRow, by: Actor
) -> None:
    joined = await tx.all(
        _THEY_TAKE_PART,
        {
            "survivor": survivor.id,
            "absorbed": absorbed.id,
            "account": tx.account_id,
            "now": tx.now,
        },
    )
    if joined:
        people = sorted(UserId(row["user_id"]) for row in joined)
        survivor_id = ConversationId(survivor.id)
        tx.record(
            ConversationParticipantsChanged(survivor_id, people, []),
            by=by,
            conversation_id=survivor_id,
        )


def _has_to_open(was: ConversationStatus, now: ConversationStatus) -> bool:
    """A matter that is not over stays in sight, and a customer's question ends a snooze."""
    if now is ConversationStatus.RESOLVED:
        return was is not ConversationStatus.RESOLVED
    return now is ConversationStatus.SNOOZED and was is ConversationStatus.OPEN


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at is not None), default=None)
