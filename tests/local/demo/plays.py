"""Many conversations of a company, made once for all tests that look at them."""

from datetime import UTC, datetime, timedelta
from functools import cache

from desk.local.demo.company import Company
from desk.local.demo.customers import GROUPS, someone
from desk.local.demo.script import Script, write_script
from desk.local.demo.seeding import dice

START = datetime(2026, 9, 1, 12, tzinfo=UTC)


@cache
def plays(company: Company, count: int) -> tuple[Script, ...]:
    """So many conversations, thirteen minutes apart."""
    chance = dice("plays", company.key)
    return tuple(
        write_script(
            company,
            f"play-{nth}",
            START + timedelta(minutes=13 * nth),
            customer=someone(company, nth % GROUPS, chance),
        )
        for nth in range(count)
    )
