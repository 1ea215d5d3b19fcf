"""Facts about filters that people keep; what they ask stays in the row."""

import msgspec

from desk.words.ids import UserId


class CustomFilterSaved(msgspec.Struct, frozen=True, tag="custom_filter_saved"):
    """Somebody kept a filter for the next time."""

    custom_filter_id: int
    user_id: UserId


class CustomFilterChanged(msgspec.Struct, frozen=True, tag="custom_filter_changed"):
    """A kept filter got another name or another question."""

    custom_filter_id: int
    user_id: UserId
    fields: list[str]


class CustomFilterDeleted(msgspec.Struct, frozen=True, tag="custom_filter_deleted"):
    """A kept filter was thrown away."""

    custom_filter_id: int
    user_id: UserId
