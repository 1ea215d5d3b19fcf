"""The same change to many conversations, each recorded as if it were the only one."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from desk.access.audience import Viewer
from desk.actions.assign_conversation import assign_conversation, assign_team
from desk.actions.change_status import change_status
from desk.actions.judge_conversation import set_labels
from desk.store.conversations import conversation_by_number
from desk.store.jobs import queue_job
from desk.store.labels import known_labels, titles
from desk.store.people import agent
from desk.store.teams import team
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.errors import Category, DeskError, Invalid, NotFound
from desk.words.ids import DisplayId, TeamId, UserId

CHANGE_IN_BULK = "change_in_bulk"
"""The kind of the job that does it for more than a page of them."""

AT_ONCE = 25
"""Conversations that are changed in one transaction."""

MOST = 10_000


class BulkChange(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is to be so; what is not named stays as it is."""

    status: int | None = None
    snoozed_until: datetime | None = None
    assignee_id: int | msgspec.UnsetType | None = msgspec.UNSET
    """Null: nobody."""
    team_id: int | msgspec.UnsetType | None = msgspec.UNSET
    add_labels: tuple[str, ...] = ()
    remove_labels: tuple[str, ...] = ()


class Refused(msgspec.Struct, frozen=True):
    """A conversation that was left as it is, and why."""

    id: int
    message: str


async def check_bulk_change(tx: TenantTx, viewer: Viewer, change: BulkChange) -> None:
    """Raises Invalid where it names somebody or something that the account does not have."""
    if change.assignee_id and await agent(tx, change.assignee_id) is None:
        raise Invalid("unknown_agent", "There is no such agent.", field="assignee_id")
    if change.team_id:
        try:
            await team(tx, change.team_id, viewer.user_id)
        except NotFound:
            raise Invalid("unknown_team", "There is no such team.", field="team_id") from None
    await known_labels(tx, [*change.add_labels, *change.remove_labels])
    if change.snoozed_until is not None and change.snoozed_until <= tx.now:
        raise Invalid(
            "snooze_in_the_past", "Snooze until a time that is yet to come.", field="snoozed_until"
        )


async def change_in_bulk(
    tx: TenantTx, viewer: Viewer, numbers: Sequence[int], change: BulkChange
) -> list[Refused]:
    """Change those the viewer may see; the others are passed over, as if they were not there."""
    refused = []
    # In the order of their numbers, so that two of these never wait for each other.
    for number in sorted(set(numbers)):
        try:
            async with tx.part():
                conversation = await conversation_by_number(tx, DisplayId(number), viewer)
                await _change(tx, conversation, change, by=Actor.user(viewer.user_id))
        except NotFound:
            continue
        except DeskError as error:
            if error.category is Category.TRANSIENT:
                raise
            refused.append(Refused(number, error.sentence))
    return refused


async def queue_bulk_change(
    tx: TenantTx, viewer: Viewer, numbers: Sequence[int], change: BulkChange, *, key: str
) -> None:
    """Oblige the desk to it."""
    await queue_job(
        tx,
        CHANGE_IN_BULK,
        key,
        {
            "user_id": int(viewer.user_id),
            "numbers": sorted(set(numbers)),
            "change": msgspec.to_builtins(change),
        },
        priority=4,
    )


async def _change(
    tx: TenantTx, conversation: ConversationRow, change: BulkChange, *, by: Actor
) -> None:
    if change.team_id is not msgspec.UNSET:
        await assign_team(
            tx, conversation, TeamId(change.team_id) if change.team_id else None, by=by
        )
    if change.assignee_id is not msgspec.UNSET:
        to = UserId(change.assignee_id) if change.assignee_id else None
        await assign_conversation(tx, conversation, to, by=by)
    if change.add_labels or change.remove_labels:
        had = set(await titles(tx, conversation.label_ids))
        wanted = (had | set(change.add_labels)) - set(change.remove_labels)
        await set_labels(tx, conversation, sorted(wanted), by=by)
    if change.status is not None:
        await change_status(
            tx,
            conversation,
            ConversationStatus(change.status),
            by=by,
            snoozed_until=change.snoozed_until,
        )
