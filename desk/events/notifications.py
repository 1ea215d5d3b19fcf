"""Facts about what people at the desk were told."""

import msgspec

from desk.words.ids import ConversationId, UserId


class NotificationCreated(msgspec.Struct, frozen=True, tag="notification_created"):
    """Somebody was told of something."""

    notification_id: int
    user_id: UserId
    conversation_id: ConversationId
    kind: int
    replaced: list[int] = []
    """Older ones of this kind about the same conversation, which it took the place of."""


class NotificationsUpdated(msgspec.Struct, frozen=True, tag="notifications_updated"):
    """Notifications were read, left unread again, or put off."""

    user_id: UserId
    notification_ids: list[int]


class NotificationsDeleted(msgspec.Struct, frozen=True, tag="notifications_deleted"):
    """Notifications were taken away."""

    user_id: UserId
    notification_ids: list[int]


class NotificationSettingsChanged(msgspec.Struct, frozen=True, tag="notification_settings_changed"):
    """Somebody chose of what they are told."""

    user_id: UserId
    kinds: list[int]
