"""When schedules come due, in every kind of local time."""

from datetime import UTC, date, datetime

import pytest

from desk.rules.export_times import Due, checked_cron, covered_days, due_exports, next_due
from desk.words.errors import Invalid
from desk.words.exports import Covered


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("cron", "zone", "after", "due"),
    [
        ("0 7 * * *", "Europe/Oslo", "2026-11-23T05:59:59", "2026-11-23T06:00:00"),
        ("0 7 * * *", "Europe/Oslo", "2026-11-23T06:00:00", "2026-11-24T06:00:00"),
        ("0 7 * * *", "Asia/Kolkata", "2026-11-23T01:30:00", "2026-11-24T01:30:00"),
        # 02:30 does not exist on the last Sunday of March: it comes due at the change's far side.
        ("30 2 * * *", "Europe/Oslo", "2026-03-28T12:00:00", "2026-03-29T01:30:00"),
        # 02:30 is there twice on the last Sunday of October: the first one counts.
        ("30 2 * * *", "Europe/Oslo", "2026-10-24T12:00:00", "2026-10-25T00:30:00"),
        ("30 2 * * *", "Europe/Oslo", "2026-10-25T00:30:00", "2026-10-26T01:30:00"),
        ("0 8 1 * *", "America/New_York", "2026-11-23T09:00:00", "2026-12-01T13:00:00"),
    ],
)
def test_a_due_time_is_local_and_never_comes_twice(
    cron: str, zone: str, after: str, due: str
) -> None:
    assert next_due(cron, zone, at(after)) == at(due)


def test_due_times_only_go_forward_through_both_clock_changes() -> None:
    for start in ("2026-03-28T22:00:00", "2026-10-24T22:00:00"):
        moment = at(start)
        for _ in range(400):
            later = next_due("*/7 * * * *", "Europe/Oslo", moment)
            assert later > moment
            moment = later


def test_a_period_is_the_whole_one_before() -> None:
    monday = date(2026, 11, 23)
    assert covered_days(Covered.PREVIOUS_DAY, monday) == (date(2026, 11, 22), date(2026, 11, 22))
    assert covered_days(Covered.PREVIOUS_WEEK, monday) == (date(2026, 11, 16), date(2026, 11, 22))
    assert covered_days(Covered.PREVIOUS_WEEK, date(2026, 11, 29)) == (
        date(2026, 11, 16),
        date(2026, 11, 22),
    )
    assert covered_days(Covered.PREVIOUS_MONTH, date(2026, 3, 31)) == (
        date(2026, 2, 1),
        date(2026, 2, 28),
    )


def test_missed_times_of_the_same_days_are_made_up_for_once() -> None:
    found = due_exports(
        "0 * * * *",
        "UTC",
        Covered.PREVIOUS_DAY,
        at("2026-11-23T22:00:00"),
        at("2026-11-24T02:10:00"),
    )
    assert found == [
        Due(at("2026-11-23T23:00:00"), date(2026, 11, 22), date(2026, 11, 22)),
        Due(at("2026-11-24T02:00:00"), date(2026, 11, 23), date(2026, 11, 23)),
    ]


@pytest.mark.parametrize("cron", ["", "7", "@daily", "* * * * * *", "61 * * * *", "0 0 31 2 *"])
def test_an_expression_that_never_comes_due_is_refused(cron: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked_cron(cron)
    assert refused.value.details["field"] == "cron"
