"""The inbox as its clients see it."""

import msgspec
from litestar import get
from litestar.di import NamedDependency

from desk.store.public_clients import ApiInbox
from inbox_service.api.inbox_shape import WorkingDay, shown_day
from inbox_service.auth.guard import PUBLIC


class PublicInbox(msgspec.Struct):
    """What a client may know of the inbox."""

    identifier: str
    name: str
    timezone: str
    working_hours: list[WorkingDay]
    working_hours_enabled: bool
    csat_survey_enabled: bool
    greeting_enabled: bool
    identity_validation_enabled: bool


@get("/", opt=PUBLIC, operation_id="get-details-of-a-inbox")
async def get_inbox(api_inbox: NamedDependency[ApiInbox]) -> PublicInbox:
    """Name and opening hours."""
    return PublicInbox(
        identifier=api_inbox.identifier,
        name=api_inbox.name,
        timezone=api_inbox.time_zone,
        working_hours=[shown_day(day) for day in api_inbox.week],
        working_hours_enabled=api_inbox.working_hours_enabled,
        csat_survey_enabled=api_inbox.csat_survey_enabled,
        greeting_enabled=api_inbox.greeting_enabled,
        identity_validation_enabled=bool(api_inbox.config.get("hmac_mandatory")),
    )
