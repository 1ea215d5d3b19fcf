"""An inbox's opening hours as clients send them: hours and minutes, or all day, or not at all."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from desk.actions.open_inbox import set_working_hours
from desk.events.administration import OpeningHours
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.errors import Invalid
from desk.words.ids import InboxId
from desk.words.time_zones import known_zone

END_OF_DAY = 24 * 60


class GivenDay(msgspec.Struct):
    """One weekday; 0 is Sunday."""

    day_of_week: Annotated[int, Meta(ge=0, le=6)]
    closed_all_day: bool = False
    open_all_day: bool = False
    open_hour: Annotated[int, Meta(ge=0, le=23)] | None = None
    open_minutes: Annotated[int, Meta(ge=0, le=59)] | None = None
    close_hour: Annotated[int, Meta(ge=0, le=24)] | None = None
    close_minutes: Annotated[int, Meta(ge=0, le=59)] | None = None

    def hours(self) -> OpeningHours:
        """The day in minutes after midnight."""
        if self.closed_all_day or (not self.open_all_day and self.open_hour is None):
            return OpeningHours(self.day_of_week, None, None)
        if self.open_all_day:
            return OpeningHours(self.day_of_week, 0, END_OF_DAY)
        opens = (self.open_hour or 0) * 60 + (self.open_minutes or 0)
        closes = (self.close_hour or 0) * 60 + (self.close_minutes or 0)
        # Chatwoot has no 24:00.
        return OpeningHours(
            self.day_of_week, opens, END_OF_DAY if closes == END_OF_DAY - 1 else closes
        )


_NOW = """
select i.working_hours_enabled, i.time_zone, w.day_of_week, w.opens, w.closes
from inboxes i
left join working_hours w on w.account_id = i.account_id and w.inbox_id = i.id
where i.account_id = %s and i.id = %s order by w.day_of_week"""


async def put_hours(tx: TenantTx, inbox_id: InboxId, given: dict[str, Any], *, by: Actor) -> None:
    """Put into force what was given; the days not named stay as they are."""
    rows = await tx.all(_NOW, [tx.account_id, inbox_id])
    week = {
        row["day_of_week"]: OpeningHours(row["day_of_week"], row["opens"], row["closes"])
        for row in rows
        if row["day_of_week"] is not None
    }
    days: Sequence[GivenDay] = given.get("working_hours", ())
    for n, day in enumerate(days):
        week[day.day_of_week] = _checked(day.hours(), field=f"working_hours[{n}]")
    enabled = given.get("working_hours_enabled", rows[0]["working_hours_enabled"])
    time_zone = known_zone(given.get("timezone", rows[0]["time_zone"]), field="timezone")
    await set_working_hours(
        tx,
        inbox_id,
        enabled=enabled,
        time_zone=time_zone,
        week=[week[day] for day in sorted(week)],
        by=by,
    )


def _checked(day: OpeningHours, *, field: str) -> OpeningHours:
    if day.opens is not None and day.closes is not None and day.opens >= day.closes:
        raise Invalid(
            "hours_out_of_order", "A day must open before it closes, within the day.", field=field
        )
    return day
