"""What a stretch of the event log means for the people it told of something: their own frames."""

from collections.abc import Sequence
from typing import Any

import msgspec

from desk.events.envelope import Event
from desk.events.notifications import (
    NotificationCreated,
    NotificationsDeleted,
    NotificationsUpdated,
)
from desk.shapes.notification import Notification
from desk.store.feed import Frame
from desk.store.notifications import Counted, counts_of, notification_shapes
from desk.store.transaction import Transaction
from desk.words.ids import AccountId

CREATED, UPDATED, DELETED = "notification.created", "notification.updated", "notification.deleted"

MOST_OF_ONE_FACT = 25
"""Of a fact about very many, screens are shown the newest; the count is right at once."""

_Fact = NotificationCreated | NotificationsUpdated | NotificationsDeleted


async def notification_frames(
    tx: Transaction, account_id: AccountId, logged: Sequence[tuple[int, Event]]
) -> dict[int, list[Frame]]:
    """By position: each frame for one user only, with their counts as they are now."""
    facts = [(at, event.fact) for at, event in logged if isinstance(event.fact, _Fact)]
    if not facts:
        return {}
    shown = sorted({one for _, fact in facts for one in _shown(fact)})
    shapes = await notification_shapes(tx, account_id, shown)
    counts = await counts_of(tx, account_id, [int(fact.user_id) for _, fact in facts])
    return {
        at: _frames(at, account_id, fact, shapes, counts[int(fact.user_id)]) for at, fact in facts
    }


def _shown(fact: _Fact) -> list[int]:
    if isinstance(fact, NotificationCreated):
        return [fact.notification_id]
    if isinstance(fact, NotificationsUpdated):
        return fact.notification_ids[-MOST_OF_ONE_FACT:]
    return []


def _frames(
    at: int,
    account_id: AccountId,
    fact: _Fact,
    shapes: dict[int, tuple[Notification, dict[str, Any]]],
    counted: Counted,
) -> list[Frame]:
    gone: list[int] = []
    if isinstance(fact, NotificationCreated):
        gone = fact.replaced
    elif isinstance(fact, NotificationsDeleted):
        gone = fact.notification_ids[-MOST_OF_ONE_FACT:]
    frames = [
        Frame(
            DELETED,
            _data(account_id, {"id": one, "account_id": account_id}, counted),
            user_id=int(fact.user_id),
            position=at,
        )
        for one in gone
    ]
    name = CREATED if isinstance(fact, NotificationCreated) else UPDATED
    for one in _shown(fact):
        if one in shapes:
            shape, row = shapes[one]
            frames.append(
                Frame(
                    name,
                    _data(account_id, shape, counted),
                    inbox_id=row["inbox_id"],
                    assignee_ids=() if row["assignee_id"] is None else (row["assignee_id"],),
                    user_id=int(fact.user_id),
                    position=at,
                )
            )
    return frames


def _data(account_id: AccountId, shown: object, counted: Counted) -> msgspec.Raw:
    return msgspec.Raw(
        msgspec.json.encode(
            {
                "notification": shown,
                "unread_count": counted.unread_count,
                "count": counted.count,
                "account_id": account_id,
            }
        )
    )
