"""Doors: open an inbox, say who works in it and when it is open."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from desk.actions.employ_agent import require_agents
from desk.events.administration import (
    InboxCreated,
    InboxMembersChanged,
    InboxUpdated,
    OpeningHours,
    WorkingHoursChanged,
)
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.tables.inboxes import InboxMemberRow, InboxRow, WorkingHoursRow
from desk.words.actor import Actor
from desk.words.channels import FREE_REPLY_HOURS, ChannelKind
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.ids import InboxId
from desk.words.time_zones import known_zone

DEFAULT_WEEK = tuple(
    OpeningHours(day, 9 * 60, 17 * 60) if 1 <= day <= 5 else OpeningHours(day, None, None)
    for day in range(7)
)
"""Monday to Friday, nine to five."""


class InboxDetails(msgspec.Struct, frozen=True):
    """What an inbox is to be."""

    name: str
    channel: ChannelKind
    address: str
    config: dict[str, Any] = msgspec.field(default_factory=dict)
    secrets: dict[str, Any] = msgspec.field(default_factory=dict)
    lock_to_single_conversation: bool = False
    csat_survey_enabled: bool = False
    enable_auto_assignment: bool = True
    own_key: str | None = None
    """A credential that no other inbox of the installation may have."""


async def open_inbox(
    tx: TenantTx, details: InboxDetails, *, secrets: SecretBox, by: Actor
) -> InboxId:
    """Open a door; its address must not be another inbox's, in any account."""
    config = dict(details.config)
    if (hours := FREE_REPLY_HOURS.get(details.channel)) is not None:
        config["free_reply_hours"] = hours
    inbox = InboxRow(
        account_id=tx.account_id,
        name=details.name,
        channel=details.channel.value,
        address=details.address,
        config=config,
        lock_to_single_conversation=details.lock_to_single_conversation,
        csat_survey_enabled=details.csat_survey_enabled,
        enable_auto_assignment=details.enable_auto_assignment,
        key_digest=key_digest(secrets, details.own_key),
        created_at=tx.now,
    )
    tx.session.add(inbox)
    with only_one_of_its_kind(details.address):
        await tx.session.flush()
    inbox_id = InboxId(inbox.id)
    if details.secrets:
        inbox.secrets = secrets.seal(details.secrets, sealing_context(inbox_id))
    tx.record(InboxCreated(inbox_id, details.channel.value), by=by)
    await set_working_hours(tx, inbox_id, enabled=False, time_zone="UTC", week=DEFAULT_WEEK, by=by)
    return inbox_id


def sealing_context(inbox_id: InboxId) -> str:
    """What an inbox's credentials are sealed to."""
    return f"inboxes:{int(inbox_id)}"


def key_digest(secrets: SecretBox, own_key: str | None) -> bytes | None:
    """What is kept of a key to see that no two inboxes have the same."""
    return None if own_key is None else secrets.digest(f"inbox key:{own_key}")


@contextmanager
def only_one_of_its_kind(address: str) -> Iterator[None]:
    """An address or a key that another inbox has is refused by name."""
    try:
        yield
    except IntegrityError as error:
        if "key_digest" in str(error.orig):
            raise Conflict(
                "api_key_taken", "Another inbox has this api_key.", field="api_key"
            ) from error
        raise Conflict(
            "address_taken", f"There is already an inbox for {address}.", field="address"
        ) from error


async def set_inbox_members(
    tx: TenantTx, inbox_id: InboxId, user_ids: Sequence[int], *, by: Actor
) -> None:
    """Let exactly these agents work in the inbox."""
    await _inbox(tx, inbox_id)
    await require_agents(tx, user_ids)
    rows = await tx.session.execute(
        select(InboxMemberRow.user_id).where(
            InboxMemberRow.account_id == tx.account_id, InboxMemberRow.inbox_id == inbox_id
        )
    )
    before, after = set(rows.scalars()), set(user_ids)
    added, removed = sorted(after - before), sorted(before - after)
    if not (added or removed):
        return
    await tx.session.execute(
        delete(InboxMemberRow).where(
            InboxMemberRow.account_id == tx.account_id,
            InboxMemberRow.inbox_id == inbox_id,
            InboxMemberRow.user_id.in_(removed),
        )
    )
    for user_id in added:
        tx.session.add(InboxMemberRow(account_id=tx.account_id, inbox_id=inbox_id, user_id=user_id))
    tx.record(InboxMembersChanged(inbox_id, added, removed), by=by)


async def set_working_hours(
    tx: TenantTx,
    inbox_id: InboxId,
    *,
    enabled: bool,
    time_zone: str,
    week: Sequence[OpeningHours],
    by: Actor,
) -> None:
    """Put a week into force from now on; what was measured before keeps its own calendar."""
    inbox = await _inbox(tx, inbox_id)
    if sorted(day.day_of_week for day in week) != list(range(7)):
        raise Invalid("week_incomplete", "Give all seven days, 0 (Sunday) to 6.", field="week")
    for day in week:
        closed = day.opens is None and day.closes is None
        if not closed and not 0 <= (day.opens or 0) < (day.closes or 0) <= 1440:
            raise Invalid(
                "hours_out_of_order",
                f"Day {day.day_of_week} must open before it closes, within the day.",
                field="week",
            )
    inbox.working_hours_enabled = enabled
    inbox.time_zone = known_zone(time_zone)
    await tx.session.execute(
        delete(WorkingHoursRow).where(
            WorkingHoursRow.account_id == tx.account_id, WorkingHoursRow.inbox_id == inbox_id
        )
    )
    for day in week:
        tx.session.add(
            WorkingHoursRow(
                account_id=tx.account_id,
                inbox_id=inbox_id,
                day_of_week=day.day_of_week,
                opens=day.opens,
                closes=day.closes,
            )
        )
    tx.record(WorkingHoursChanged(inbox_id, enabled, time_zone, list(week)), by=by)


async def update_inbox(
    tx: TenantTx, inbox_id: InboxId, changes: dict[str, Any], *, by: Actor
) -> None:
    """Change settings of an inbox; unknown fields are refused by name."""
    allowed = {
        "name",
        "enable_auto_assignment",
        "lock_to_single_conversation",
        "csat_survey_enabled",
        "greeting_enabled",
        "greeting_message",
        "out_of_office_message",
        "config",
    }
    unknown = sorted(set(changes) - allowed)
    if unknown:
        raise Invalid("unknown_inbox_fields", f"An inbox has no {', '.join(unknown)}.")
    inbox = await _inbox(tx, inbox_id)
    changed = [field for field, value in changes.items() if getattr(inbox, field) != value]
    for field in changed:
        setattr(inbox, field, changes[field])
    if changed:
        tx.record(InboxUpdated(inbox_id, sorted(changed)), by=by)


async def _inbox(tx: TenantTx, inbox_id: InboxId) -> InboxRow:
    inbox = await tx.session.get(InboxRow, (tx.account_id, inbox_id), with_for_update=True)
    if inbox is None:
        raise NotFound("inbox_not_found", "There is no such inbox.")
    return inbox
