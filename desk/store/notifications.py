"""Reading what people were told, and of what they want to be told."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from desk.access.audience import Viewer
from desk.rules.mentions import as_read
from desk.shapes.notification import Notification
from desk.store.conversations import shapes as conversation_shapes
from desk.store.messages import message_shapes
from desk.store.transaction import TenantTx, Transaction
from desk.words.ids import AccountId
from desk.words.notifications import TOLD_ANYWAY, TOLD_AT_FIRST, NotificationKind

PAGE = 15
_LONGEST_BODY = 140

_ROWS = """
select n.id, n.account_id, n.user_id, n.kind, n.conversation_id, n.message_id, n.read_at,
       n.snoozed_until, n.created_at, c.inbox_id, c.assignee_id, c.display_id,
       k.name as contact, i.name as inbox, coalesce(m.content, latest.content) as content,
       u.name as user_name,
       coalesce(u.display_name, u.name) as user_available_name
from notifications n
join conversations c on c.account_id = n.account_id and c.id = n.conversation_id
join contacts k on k.account_id = c.account_id and k.id = c.contact_id
join inboxes i on i.account_id = c.account_id and i.id = c.inbox_id
join users u on u.id = n.user_id
left join messages m on m.account_id = n.account_id and m.id = n.message_id
left join messages latest
    on latest.account_id = c.account_id and latest.id = c.last_chat_message_id
    and n.message_id is null
where n.account_id = %(account)s and n.id = any(%(ids)s)"""

_SEEN = """
from notifications n
join conversations c on c.account_id = n.account_id and c.id = n.conversation_id
where n.account_id = %(account)s and n.user_id = %(user)s
  and (%(all)s or c.inbox_id = any(%(inboxes)s) or c.assignee_id = %(user)s)"""

_AWAKE = "(n.snoozed_until is null or n.snoozed_until <= %(now)s)"

_TITLES = {
    NotificationKind.CONVERSATION_CREATION: "{contact} began #{number} in {inbox}",
    NotificationKind.CONVERSATION_ASSIGNMENT: "{contact}, #{number}, is now yours",
    NotificationKind.ASSIGNED_CONVERSATION_NEW_MESSAGE: "New message in #{number}, {contact}",
    NotificationKind.CONVERSATION_MENTION: "You were mentioned in #{number}, {contact}",
    NotificationKind.PARTICIPATING_CONVERSATION_NEW_MESSAGE: "New message in #{number}, {contact}",
    NotificationKind.SLA_MISSED_FIRST_RESPONSE: "First response missed in #{number}, {contact}",
    NotificationKind.SLA_MISSED_NEXT_RESPONSE: "Next response missed in #{number}, {contact}",
    NotificationKind.SLA_MISSED_RESOLUTION: "Resolution missed in #{number}, {contact}",
}


class Counted(msgspec.Struct, frozen=True):
    """How many a person has, and how many of them are unread."""

    unread_count: int
    count: int


async def page_of_notifications(
    tx: TenantTx,
    viewer: Viewer,
    *,
    page: int = 1,
    read: bool = False,
    snoozed: bool = False,
    oldest_first: bool = False,
) -> list[Notification]:
    """The viewer's own, newest first; read and snoozed ones only where asked for."""
    rows = await tx.all(
        f"""select n.id {_SEEN} and (%(read)s or n.read_at is null)
              and (%(snoozed)s or {_AWAKE})
            order by n.id {"asc" if oldest_first else "desc"} limit %(limit)s offset %(offset)s""",
        _of(tx, viewer)
        | {"read": read, "snoozed": snoozed, "limit": PAGE, "offset": (max(page, 1) - 1) * PAGE},
        prepare=False,
    )
    found = await notification_shapes(tx, tx.account_id, [row["id"] for row in rows])
    return [found[row["id"]][0] for row in rows if row["id"] in found]


async def count_notifications(
    tx: TenantTx, viewer: Viewer, *, read: bool = True, snoozed: bool = False
) -> Counted:
    """How many there are under the same terms."""
    row = await tx.one(
        f"""select count(*) filter (where n.read_at is null) as unread_count,
                   count(*) filter (where %(read)s or n.read_at is null) as count
            {_SEEN} and (%(snoozed)s or {_AWAKE})""",
        _of(tx, viewer) | {"read": read, "snoozed": snoozed},
        prepare=False,
    )
    return Counted(row["unread_count"], row["count"])


async def counts_of(
    tx: Transaction, account_id: AccountId, user_ids: Iterable[int]
) -> dict[int, Counted]:
    """The counts of several people, as screens show them."""
    users = sorted(set(user_ids))
    rows = await tx.all(
        f"""select n.user_id, count(*) filter (where n.read_at is null) as unread_count,
                   count(*) as count
            from notifications n
            join conversations c on c.account_id = n.account_id and c.id = n.conversation_id
            join account_users au on au.account_id = n.account_id and au.user_id = n.user_id
            where n.account_id = %(account)s and n.user_id = any(%(users)s) and {_AWAKE}
              and (au.role = 1 or c.assignee_id = n.user_id or exists (
                  select from inbox_members im where im.account_id = n.account_id
                    and im.inbox_id = c.inbox_id and im.user_id = n.user_id))
            group by n.user_id""",
        {"account": account_id, "users": users, "now": tx.now},
    )
    found = {row["user_id"]: Counted(row["unread_count"], row["count"]) for row in rows}
    return {user_id: found.get(user_id, Counted(0, 0)) for user_id in users}


async def notification_shapes(
    tx: Transaction, account_id: AccountId, ids: Sequence[int]
) -> dict[int, tuple[Notification, dict[str, Any]]]:
    """For each id its shape, and the row with what is needed to choose its audience."""
    if not ids:
        return {}
    rows = await tx.all(_ROWS, {"account": account_id, "ids": list(ids)})
    conversations = await conversation_shapes(
        tx, account_id, sorted({row["conversation_id"] for row in rows})
    )
    messages = await message_shapes(
        tx, account_id, sorted({row["message_id"] for row in rows if row["message_id"]})
    )
    return {
        row["id"]: (_shape(row, conversations, messages), row)
        for row in rows
        if row["conversation_id"] in conversations
    }


async def notification(tx: TenantTx, notification_id: int) -> Notification | None:
    """One of them."""
    found = (await notification_shapes(tx, tx.account_id, [notification_id])).get(notification_id)
    return None if found is None else found[0]


class Wanted(msgspec.Struct, frozen=True):
    """Of what a person wants to be told."""

    email: tuple[NotificationKind, ...]
    push: tuple[NotificationKind, ...]

    def includes(self, kind: NotificationKind) -> bool:
        return kind in TOLD_ANYWAY or kind in self.push or kind in self.email


_USUAL = Wanted((), tuple(sorted(TOLD_AT_FIRST)))


async def wanted_by(tx: TenantTx, user_ids: Iterable[int]) -> dict[int, Wanted]:
    """What each of these people wants to be told."""
    users = sorted({int(user_id) for user_id in user_ids})
    rows = await tx.all(
        """select user_id, email_kinds, push_kinds from notification_settings
           where account_id = %s and user_id = any(%s)""",
        [tx.account_id, users],
    )
    chosen = {
        row["user_id"]: Wanted(
            tuple(NotificationKind(kind) for kind in row["email_kinds"]),
            tuple(NotificationKind(kind) for kind in row["push_kinds"]),
        )
        for row in rows
    }
    return {user_id: chosen.get(user_id, _USUAL) for user_id in users}


def _of(tx: TenantTx, viewer: Viewer) -> dict[str, Any]:
    return {
        "account": tx.account_id,
        "user": viewer.user_id,
        "all": viewer.sees_all,
        "inboxes": sorted(viewer.inbox_ids),
        "now": tx.now,
    }


def _shape(
    row: dict[str, Any], conversations: dict[int, dict[str, Any]], messages: dict[int, Any]
) -> Notification:
    kind = NotificationKind(row["kind"])
    message = messages.get(row["message_id"] or 0)
    created = int(row["created_at"].timestamp())
    until = row["snoozed_until"]
    return Notification(
        id=row["id"],
        account_id=row["account_id"],
        notification_type=kind.word,
        primary_actor_type="Conversation",
        primary_actor_id=row["conversation_id"],
        primary_actor=msgspec.Raw(conversations[row["conversation_id"]]["shape"].encode()),
        secondary_actor=None if message is None else msgspec.Raw(message["shape"].encode()),
        push_message_title=_TITLES[kind].format(
            contact=row["contact"] or "Somebody", number=row["display_id"], inbox=row["inbox"]
        ),
        push_message_body=_short(as_read(row["content"] or "")),
        user={
            "id": row["user_id"],
            "name": row["user_name"],
            "available_name": row["user_available_name"],
            "avatar_url": "",
            "thumbnail": "",
            "type": "user",
        },
        read_at=None if row["read_at"] is None else int(row["read_at"].timestamp()),
        snoozed_until=None if until is None else int(until.timestamp()),
        created_at=created,
        last_activity_at=created,
        meta={},
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_BODY else text[: _LONGEST_BODY - 1] + "…"
