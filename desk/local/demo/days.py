"""The conversations of whole days, the latest day first."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from math import exp
from random import Random
from zoneinfo import ZoneInfo

from msgspec import Struct

from desk.local.demo.company import Company
from desk.local.demo.customers import Customer, group_of_day, someone
from desk.local.demo.script import Script, choose_story, write_script
from desk.local.demo.seeding import dice

_BAD_DAYS = {
    "halden_air": ("delay", "delay", "late_bag"),
    "skarvik_bank": ("login", "card_refused", "odd_message"),
    "straitwell": ("trip_claim", "accident"),
    "wattle_pine": ("where_is_it", "discount_code"),
    "rimal_mobile": ("outage", "outage", "slow"),
    "tidemark": ("down", "bank_feed"),
}


class Day(Struct, frozen=True):
    """One local day of a company, its conversations in the order in which they begin."""

    date: date
    scripts: tuple[Script, ...]


def days(company: Company, clock_now: datetime, days: int, volume: float = 1.0) -> Iterator[Day]:
    """The last so many local days up to now; what a day holds does not depend on the clock.

    Today's conversations are those that have begun; a script may reach past now, and
    `Script.until(now)` is the part that has happened.
    """
    today = clock_now.astimezone(ZoneInfo(company.time_zone)).date()
    for back in range(days):
        day = scripts_of(company, today - timedelta(days=back), volume)
        yield Day(day.date, tuple(one for one in day.scripts if one.begins_at <= clock_now))


def scripts_of(company: Company, day: date, volume: float = 1.0) -> Day:
    """All conversations that begin on this local day."""
    chance = dice("day", company.key, day.isoformat())
    trouble = chance.choice(_BAD_DAYS[company.key]) if chance.random() < 0.06 else None
    expected = company.volume.per_day * company.volume.weekdays[day.weekday()] * volume
    expected *= chance.lognormvariate(0, 0.12) * (1.6 if trouble else 1.0)
    moments = sorted(_moment(company, day, chance) for _ in range(_poisson(expected, chance)))
    used: set[int] = set()
    scripts = []
    for nth, moment in enumerate(moments):
        customer = _somebody_new(company, day, used, chance)
        if customer is None:
            break
        seed = f"{company.key}-{day:%y%m%d}-{nth:03d}"
        story = choose_story(company, customer, seed, trouble)
        scripts.append(write_script(company, seed, moment, customer=customer, story=story))
    return Day(day, tuple(scripts))


def _moment(company: Company, day: date, chance: Random) -> datetime:
    hour = chance.choices(range(24), company.volume.hours)[0]
    at = time(hour, chance.randrange(60), chance.randrange(60))
    return datetime.combine(day, at, tzinfo=ZoneInfo(company.time_zone)).astimezone(UTC)


def _somebody_new(company: Company, day: date, used: set[int], chance: Random) -> Customer | None:
    group = group_of_day(day.toordinal())
    for _ in range(60):
        customer = someone(company, group, chance)
        if customer.index not in used:
            used.add(customer.index)
            return customer
    return None


def _poisson(expected: float, chance: Random) -> int:
    count, product, floor = 0, chance.random(), exp(-expected)
    while product > floor:
        count += 1
        product *= chance.random()
    return count
