"""How the widget begins: the inbox's settings, and who its visitor is."""

from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from litestar import post
from litestar.di import NamedDependency

from desk.access.hearing import Visitor
from desk.actions.welcome_visitor import welcome_visitor
from desk.store import visitors as visitor_store
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.store.visitors import Website
from desk.words.ids import ContactId
from inbox_service.api.inbox_shape import WorkingDay, shown_day
from inbox_service.auth.guard import PUBLIC
from inbox_service.widget.door import AnyRequest, WidgetDoor
from inbox_service.widget.hours import Availability, availability_of


class WebsiteChannelConfig(msgspec.Struct):
    """The inbox's settings, as far as a widget needs them."""

    website_token: str
    website_name: str
    auth_token: str
    api_host: str
    locale: str
    widget_color: str
    welcome_title: str | None
    welcome_tagline: str | None
    reply_time: str
    pre_chat_form_enabled: bool
    pre_chat_form_options: dict[str, Any]
    enabled_features: list[str]
    allow_messages_after_resolved: bool
    csat_survey_enabled: bool
    working_hours_enabled: bool
    working_hours: list[WorkingDay]
    timezone: str
    utc_offset: str
    out_of_office_message: str | None
    greeting_message: str | None
    availability: Availability
    """Ours: whether it is open now, and when next."""
    avatar_url: str = ""
    portal: None = None
    disable_branding: bool = False


class KnownContact(msgspec.Struct):
    """What the widget needs of its visitor."""

    id: int
    name: str
    has_name: bool
    has_email: bool
    has_phone_number: bool
    identifier: str | None
    pubsub_token: str


class WidgetConfig(msgspec.Struct):
    """Everything the widget begins with."""

    website_channel_config: WebsiteChannelConfig
    contact: KnownContact
    global_config: dict[str, Any] = {}


@post("/config", opt=PUBLIC, operation_id="widget-config", status_code=200)
async def begin(
    request: AnyRequest,
    desk: NamedDependency[Desk],
    widget_door: NamedDependency[WidgetDoor],
    website: NamedDependency[Website],
) -> WidgetConfig:
    """The settings, and a token: the one that was sent, or a new visitor's."""
    token = request.headers.get("x-auth-token")
    visitor = await widget_door.visitor(website, token)
    if visitor is None:
        await widget_door.count_arrival(website, request)
        async with desk.transaction(website.account_id) as tx:
            address = await welcome_visitor(tx, website.inbox_id)
            token = widget_door.tokens.issue(website.inbox_id, address.source_id, tx.now)
            visitor = Visitor(
                website.account_id,
                ContactId(address.contact_id),
                address.id,
                website.inbox_id,
                address.pubsub_token,
            )
            return await _config(tx, desk, website, visitor, token)
    await widget_door.count(visitor)
    async with desk.transaction(website.account_id) as tx:
        return await _config(tx, desk, website, visitor, token or "")


async def _config(
    tx: TenantTx, desk: Desk, website: Website, visitor: Visitor, token: str
) -> WidgetConfig:
    contact = await visitor_store.about_address(tx, visitor.contact_inbox_id)
    return WidgetConfig(
        channel_config(website, desk, token),
        KnownContact(
            id=contact["id"],
            name=contact["name"],
            has_name=bool(contact["name"]),
            has_email=bool(contact["email"]),
            has_phone_number=bool(contact["phone_number"]),
            identifier=contact["identifier"],
            pubsub_token=visitor.token,
        ),
    )


def channel_config(website: Website, desk: Desk, token: str) -> WebsiteChannelConfig:
    """The settings of an inbox, with its visitor's token."""
    config, now = website.config, desk.clock.now()
    offset = now.astimezone(ZoneInfo(website.time_zone)).strftime("%z")
    return WebsiteChannelConfig(
        website_token=website.token,
        website_name=website.name,
        auth_token=token,
        api_host=desk.settings.addresses.public_url,
        locale="en",
        widget_color=config["widget_color"],
        welcome_title=config["welcome_title"],
        welcome_tagline=config["welcome_tagline"],
        reply_time=config["reply_time"],
        pre_chat_form_enabled=config["pre_chat_form_enabled"],
        pre_chat_form_options=config["pre_chat_form_options"],
        enabled_features=config["selected_feature_flags"],
        allow_messages_after_resolved=config.get("allow_messages_after_resolved", True),
        csat_survey_enabled=website.csat_survey_enabled,
        working_hours_enabled=website.working_hours_enabled,
        working_hours=[shown_day(day) for day in website.week],
        timezone=website.time_zone,
        utc_offset=f"{offset[:3]}:{offset[3:]}",
        out_of_office_message=website.out_of_office,
        greeting_message=website.greeting,
        availability=availability_of(website, now),
    )
