"""Numbers as people read them."""

from datetime import date

import pytest

from dashboards import numbers


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, "—"),
        (float("nan"), "—"),
        (0, "0 s"),
        (38, "38 s"),
        (59.6, "1 min"),
        (252, "4 min 12 s"),
        (3599.7, "1 h 00 min"),
        (7560, "2 h 06 min"),
        (86_340, "23 h 59 min"),
        (86_390, "1 d 0 h"),
        (3 * 86_400 + 4 * 3600, "3 d 4 h"),
        (-38, "-38 s"),
    ],
)
def test_durations_have_two_units_at_most(seconds: float | None, text: str) -> None:
    assert numbers.duration(seconds) == text


def test_shares_of_few_answers_are_told_as_such() -> None:
    assert numbers.share_of(0, 0) == "—"
    assert numbers.share_of(3, 4) == "3 of 4"
    assert numbers.share_of(93, 100) == "93 %"
    assert numbers.share(0.024) == "2.4 %"
    assert numbers.share(0.0) == "0 %"


def test_differences_use_the_minus_that_is_read_as_a_fall() -> None:
    assert numbers.count_difference(106.1, 100) == "+6.1 %"
    assert numbers.count_difference(1245, 94) == "+1,224 %"
    assert numbers.count_difference(5, 0) is None
    assert numbers.duration_difference(214, 252) == "-38 s"
    assert numbers.duration_difference(540, 0) == "+9 min"
    assert numbers.share_difference(0.926, 0.93) == "-0.4 pt"
    assert numbers.duration_difference(10.2, 10.1) == numbers.SAME


def test_periods_name_the_year_once_if_it_is_one() -> None:
    assert numbers.span(date(2026, 10, 24), date(2026, 11, 22)) == "24 Oct to 22 Nov 2026"
    assert numbers.span(date(2025, 12, 24), date(2026, 1, 2)) == "24 Dec 2025 to 2 Jan 2026"
    assert numbers.span(date(2026, 1, 2), date(2026, 1, 2)) == "2 Jan 2026"
    assert numbers.place("America/New_York") == "New York"
