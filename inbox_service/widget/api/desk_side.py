"""Who would answer, and that somebody looked at the widget."""

from typing import Any

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from desk.access.hearing import Visitor
from desk.actions.tell_in_passing import tell_of_widget
from desk.store import people as people_store
from desk.store.desk import Desk
from desk.store.presence import Presence
from desk.store.visitors import Website
from desk.words.errors import Invalid
from desk.words.people import Availability
from inbox_service.auth.guard import PUBLIC

TRIGGERED = "webwidget.triggered"


class Colleague(msgspec.Struct):
    """An agent of the inbox, as visitors see them."""

    id: int
    name: str
    availability_status: str
    avatar_url: str = ""


class Colleagues(msgspec.Struct):
    """The agents of the inbox."""

    payload: list[Colleague]


class WidgetEvent(msgspec.Struct):
    """Something the visitor did with the widget."""

    name: str
    event_info: dict[str, Any] | None = None


@get("/inbox_members", opt=PUBLIC, operation_id="widget-inbox-members")
async def list_colleagues(
    desk: NamedDependency[Desk],
    presence: NamedDependency[Presence],
    website: NamedDependency[Website],
) -> Colleagues:
    """The agents who answer here, by their first names, and whether they are there."""
    present = await presence.users(website.account_id)
    async with desk.transaction(website.account_id) as tx:
        rows = await people_store.inbox_agents(tx, website.inbox_id)
    return Colleagues(
        [
            Colleague(
                row["id"],
                row["available_name"],
                Availability(row["availability"]).word
                if row["id"] in present or not row["auto_offline"]
                else Availability.OFFLINE.word,
            )
            for row in rows
        ]
    )


@post("/events", opt=PUBLIC, operation_id="widget-event", status_code=204)
async def take_event(
    desk: NamedDependency[Desk],
    presence: NamedDependency[Presence],
    visitor: NamedDependency[Visitor],
    data: JSONBody[WidgetEvent],
) -> None:
    """The visitor opened the widget: they are there, although they have no line yet."""
    if data.name != TRIGGERED:
        raise Invalid("unknown_event", f"The widget's only event is {TRIGGERED}.", field="name")
    await presence.beat_contact(visitor.account_id, visitor.contact_id)
    async with desk.transaction(visitor.account_id) as tx:
        await tell_of_widget(tx, visitor.contact_inbox_id, data.event_info)


HANDLERS = (list_colleagues, take_event)
