"""An inbox as clients see it: what all inboxes have, and what only its kind has."""

from typing import Any

import msgspec

from desk.access.audience import Viewer
from desk.actions.open_inbox import sealing_context
from desk.store.desk import Desk
from desk.words.channels import CHATWOOT_CHANNEL_TYPES, ChannelKind
from desk.words.ids import InboxId
from ingest.inbox_catalogue import inbox_kind_of
from ingest.inbox_contract import InboxParts, Site

KEPT_IN_CONFIG = {
    "enable_email_collect": False,
    "allow_messages_after_resolved": True,
    "sender_name_type": "friendly",
    "business_name": None,
}
"""Settings of every inbox that only some channels use, with what holds while nobody set them."""


class WorkingDay(msgspec.Struct):
    """One weekday; 0 is Sunday."""

    day_of_week: int
    closed_all_day: bool
    open_all_day: bool
    open_hour: int | None
    open_minutes: int | None
    close_hour: int | None
    close_minutes: int | None


class Inbox(msgspec.Struct):
    """A door: one channel of the account."""

    id: int
    name: str
    channel_type: str
    channel_id: int
    avatar_url: str
    phone_number: str | None
    email: str | None
    provider: str | None
    greeting_enabled: bool
    greeting_message: str | None
    working_hours_enabled: bool
    out_of_office_message: str | None
    working_hours: list[WorkingDay]
    timezone: str
    enable_auto_assignment: bool
    auto_assignment_config: dict[str, Any]
    csat_survey_enabled: bool
    lock_to_single_conversation: bool
    allow_messages_after_resolved: bool = True
    enable_email_collect: bool = False
    sender_name_type: str = "friendly"
    business_name: str | None = None
    callback_webhook_url: str | None = None
    website_url: str | None = None
    website_token: str | None = None
    web_widget_script: str | None = None
    widget_color: str | None = None
    welcome_title: str | None = None
    welcome_tagline: str | None = None
    hmac_mandatory: bool | None = None
    reply_time: str | None = None
    medium: str | None = None


def parts_of(row: dict[str, Any], desk: Desk, *, trusted: bool) -> InboxParts:
    """What the inbox is made of; its credentials are opened for the trusted only."""
    sealed = row["secrets"]
    opened: dict[str, Any] = {}
    if trusted and sealed:
        opened = desk.secrets.open(sealed, sealing_context(InboxId(row["id"])))
    return InboxParts(row["address"], row["config"], opened)


def shown_inbox(row: dict[str, Any], desk: Desk, site: Site, viewer: Viewer) -> dict[str, Any]:
    """The inbox's JSON for this viewer."""
    channel = ChannelKind(row["channel"])
    kept = {name: row["config"].get(name, default) for name, default in KEPT_IN_CONFIG.items()}
    inbox: dict[str, Any] = msgspec.to_builtins(
        Inbox(
            id=row["id"],
            name=row["name"],
            channel_type=CHATWOOT_CHANNEL_TYPES[channel],
            channel_id=row["id"],
            avatar_url="",
            phone_number=row["address"] if channel is ChannelKind.SMS else None,
            email=row["address"] if channel is ChannelKind.EMAIL else None,
            provider=None,
            greeting_enabled=row["greeting_enabled"],
            greeting_message=row["greeting_message"],
            working_hours_enabled=row["working_hours_enabled"],
            out_of_office_message=row["out_of_office_message"],
            working_hours=[shown_day(day) for day in row["week"]],
            timezone=row["time_zone"],
            enable_auto_assignment=row["enable_auto_assignment"],
            auto_assignment_config={},
            csat_survey_enabled=row["csat_survey_enabled"],
            lock_to_single_conversation=row["lock_to_single_conversation"],
            **kept,
        )
    )
    kind = inbox_kind_of(channel)
    if kind is not None:
        parts = parts_of(row, desk, trusted=viewer.sees_all)
        inbox |= kind.shown(parts, site, trusted=viewer.sees_all)
    return inbox


def shown_day(day: dict[str, Any]) -> WorkingDay:
    """A weekday in Chatwoot's hours and minutes."""
    opens, closes = day["opens"], day["closes"]
    if opens is None or closes is None:
        return WorkingDay(day["day_of_week"], True, False, None, None, None, None)
    return WorkingDay(
        day["day_of_week"],
        False,
        opens == 0 and closes == 24 * 60,
        *divmod(opens, 60),
        # Chatwoot has no 24:00.
        *divmod(min(closes, 24 * 60 - 1), 60),
    )
