"""Addresses that ask for what is not there: a sentence, never a trace, and the rest is shown."""

import pytest

from dashboards.world import World
from tests.builders.diary import open_account, open_inbox
from tests.dashboards.visiting import NOON, Desk, Halden, Open, signed_in, told, values

RUBBISH = "'; drop table facts; --\x00[a](b)`<script>" + "9" * 3000


@pytest.fixture
def foreign(connection: Desk) -> int:
    """An inbox of another tenant."""
    return int(open_inbox(connection, open_account(connection, "UTC", NOON), NOON, name="Theirs"))


async def test_what_an_address_asks_for_in_vain_is_named_and_left_out(
    open_page: Open, world: World, halden: Halden, foreign: int
) -> None:
    cookie = await signed_in(world, halden.administrator)
    app = open_page(
        cookie,
        "overview",
        inbox=f"{foreign},{halden.inbox},0x1,99999999999999999999999",
        agent="-1",
        period="rubbish",
        compare="x",
        zone="Mars/Olympus",
        business="yes",
        known="9999-12-31T23:59",
        behind="overview.nothing-9",
        every=RUBBISH,
    )
    (warning,) = [one.value for one in app.warning if "Left out" in one.value]
    for asked in (f"inbox `{foreign}`", "agent `-1`", "period `rubbish`", "zone `Mars/Olympus`"):
        assert asked in warning
    assert "business `yes`" in warning
    assert "known `9999-12-31T23:59`" in warning
    assert "Theirs" not in told(app)
    assert app.multiselect(key="overview:inbox").value == [halden.inbox]


async def test_no_days_of_an_address_break_a_page(
    open_page: Open, world: World, halden: Halden
) -> None:
    cookie = await signed_in(world, halden.administrator)
    backwards = open_page(cookie, "overview", period="custom", days="2026-11-23..2026-10-25")
    assert values(backwards)["Conversations"] == "5"
    assert "25 Oct to 23 Nov 2026" in told(backwards)
    for days in ("0001-01-01..0001-01-02", "2026-11-20..9999-12-31", "..", RUBBISH):
        app = open_page(cookie, "conversation_trends", period="custom", days=days, compare="year")
        assert "Left out" in told(app), days
    whole = open_page(cookie, "overview", period="custom", days="2000-01-01..2026-11-23")
    assert values(whole)["Conversations"] == "6"
    assert "Left out" not in told(whole)
