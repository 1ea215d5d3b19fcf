"""What a person does with what they were told: read it, put it off, take it away."""

from collections.abc import Sequence
from datetime import datetime

from desk.events.notifications import (
    NotificationsDeleted,
    NotificationSettingsChanged,
    NotificationsUpdated,
)
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound
from desk.words.ids import ConversationId, UserId
from desk.words.notifications import TOLD_AT_FIRST, NotificationKind

_MARK = """
update notifications set read_at = %(read_at)s, snoozed_until = null
where account_id = %(account)s and user_id = %(user)s and id = %(id)s
  and (read_at is null) = %(was_unread)s
returning id"""

_READ_ALL = """
update notifications set read_at = %(now)s
where account_id = %(account)s and user_id = %(user)s and read_at is null
  and (%(conversation)s::bigint is null or conversation_id = %(conversation)s)
returning id"""

_SNOOZE = """
update notifications set snoozed_until = %(until)s, read_at = null
where account_id = %(account)s and user_id = %(user)s and id = %(id)s returning id"""

_DELETE = """
delete from notifications
where account_id = %(account)s and user_id = %(user)s
  and (%(id)s::bigint is null or id = %(id)s)
  and (read_at is not null or not %(only_read)s)
returning id"""


async def mark_notification(
    tx: TenantTx, notification_id: int, *, of: UserId, read: bool = True
) -> None:
    """Mark one as read, or leave it for later as unread."""
    await _require(tx, notification_id, of)
    await _change(
        tx,
        _MARK,
        of,
        id=notification_id,
        read_at=tx.now if read else None,
        was_unread=read,
    )


async def read_all_notifications(
    tx: TenantTx, *, of: UserId, conversation_id: ConversationId | None = None
) -> None:
    """Read everything, or everything about one conversation."""
    await _change(
        tx,
        _READ_ALL,
        of,
        conversation=conversation_id,
    )


async def snooze_notification(
    tx: TenantTx, notification_id: int, *, of: UserId, until: datetime
) -> None:
    """Put one off until then; it comes back unread."""
    await _require(tx, notification_id, of)
    if until <= tx.now:
        raise Invalid(
            "snooze_in_the_past", "Snooze until a time that is yet to come.", field="snoozed_until"
        )
    await _change(
        tx,
        _SNOOZE,
        of,
        id=notification_id,
        until=until,
    )


async def delete_notification(tx: TenantTx, notification_id: int, *, of: UserId) -> None:
    """Take one away."""
    await _require(tx, notification_id, of)
    await _delete(tx, of, one=notification_id)


async def delete_all_notifications(tx: TenantTx, *, of: UserId, only_read: bool) -> None:
    """Take away all, or those that were read."""
    await _delete(tx, of, only_read=only_read)


async def choose_notifications(
    tx: TenantTx,
    *,
    of: UserId,
    email: Sequence[NotificationKind] | None,
    push: Sequence[NotificationKind] | None,
) -> None:
    """Choose of what to be told; what is not given stays."""
    await tx.execute(
        """insert into notification_settings (account_id, user_id, email_kinds, push_kinds)
           values (%(account)s, %(user)s, coalesce(%(email)b::smallint[], '{}'),
                   coalesce(%(push)b::smallint[], %(usual)b::smallint[]))
           on conflict (account_id, user_id) do update
           set email_kinds = coalesce(%(email)b::smallint[], notification_settings.email_kinds),
               push_kinds = coalesce(%(push)b::smallint[], notification_settings.push_kinds)""",
        {
            "account": tx.account_id,
            "user": of,
            "email": None if email is None else sorted({int(kind) for kind in email}),
            "push": None if push is None else sorted({int(kind) for kind in push}),
            "usual": sorted(int(kind) for kind in TOLD_AT_FIRST),
        },
    )
    kinds = sorted({int(kind) for kind in (*(email or ()), *(push or ()))})
    tx.record(NotificationSettingsChanged(of, kinds), by=Actor.user(of))


async def _require(tx: TenantTx, notification_id: int, of: UserId) -> None:
    found = await tx.first(
        """select from notifications
           where account_id = %s and user_id = %s and id = %s for update""",
        [tx.account_id, of, notification_id],
    )
    if found is None:
        raise NotFound("notification_not_found", "There is no such notification.")


async def _change(tx: TenantTx, sql: str, of: UserId, **values: object) -> None:
    parameters = {"account": tx.account_id, "user": of, "now": tx.now, **values}
    ids = sorted(row["id"] for row in await tx.all(sql, parameters))
    if ids:
        tx.record(NotificationsUpdated(of, ids), by=Actor.user(of))


async def _delete(
    tx: TenantTx, of: UserId, *, one: int | None = None, only_read: bool = False
) -> None:
    parameters = {"account": tx.account_id, "user": of, "id": one, "only_read": only_read}
    ids = sorted(row["id"] for row in await tx.all(_DELETE, parameters))
    if ids:
        tx.record(NotificationsDeleted(of, ids), by=Actor.user(of))
