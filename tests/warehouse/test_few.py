"""Numbers added up in Python are those that SQL gives, to the last digit."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desk.words.ids import AccountId
from tests.warehouse.fed import Fed
from warehouse import few
from warehouse.chatwoot import few as of_chatwoot
from warehouse.chatwoot.by_subject import by_subject
from warehouse.chatwoot.numbers import Name, series, totals
from warehouse.chatwoot.scope import Kind, Scope
from warehouse.chatwoot.window import Every as Buckets
from warehouse.chatwoot.window import Window
from warehouse.distribution import distribution
from warehouse.lake import Lake
from warehouse.metrics.catalogue import METRICS
from warehouse.metrics.dimensions import AGENT, CHANNEL, HOUR, INBOX, LABEL, TEAM, WEEKDAY
from warehouse.metrics.metric import Unit
from warehouse.period import Every, Period
from warehouse.report import Only, measure

FIRST = date(2026, 3, 15)
DAYS = 260
SPLITS = ((), (AGENT,), (INBOX, TEAM), (LABEL,), (LABEL, CHANNEL), (WEEKDAY, HOUR))
EDGES = (60, 3_600, 86_400)

Question = Callable[[], Any]


def test_every_metric_comes_out_the_same(fed: Fed, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = _both_ways(fed, monkeypatch, _of_metrics)
    assert answers[0] == answers[1]
    assert sum(len(rows) for _, rows in answers[0]) > len(answers[0]) / 2


def test_every_number_of_chatwoots_comes_out_the_same(
    fed: Fed, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = _both_ways(fed, monkeypatch, _of_chatwoot)
    assert answers[0] == answers[1]
    assert any(answers[0])


def _both_ways(
    fed: Fed,
    monkeypatch: pytest.MonkeyPatch,
    questions: Callable[[Lake, AccountId, Random], Iterator[Question]],
) -> tuple[list[Any], list[Any]]:
    """All answers by Python, and all by SQL."""
    given: list[list[Any]] = []
    for most in (1_000_000, -1):
        monkeypatch.setattr(few, "FEW_ASKED", most)
        monkeypatch.setattr(few, "AT_ONCE", 1_000_000)
        monkeypatch.setattr(of_chatwoot, "AT_ONCE", 1_000_000)
        monkeypatch.setattr(of_chatwoot, "MOST", most)
        lake = Lake.reader(fed.storage)
        given.append(
            [
                question()
                for account in list(fed.worlds)[:3]
                for question in questions(lake, AccountId(account), Random(account))
            ]
        )
        lake.close()
    return given[0], given[1]


def _of_metrics(lake: Lake, account: AccountId, chance: Random) -> Iterator[Question]:
    snapshot = lake.snapshot()
    worked = measure(lake, account, METRICS[0], Period(FIRST, FIRST + timedelta(DAYS)), by=(INBOX,))
    inboxes = tuple(worked["inbox_id"].to_list())
    labels = (1, 2, 3)

    def question(metric: Any, by: Any, every: Any, only: Only, period: Period) -> Question:
        def ask() -> Any:
            frame = measure(
                lake, account, metric, period, by=by, every=every, only=only, as_of=snapshot
            )
            return dict(frame.schema), frame.rows()

        return ask

    def spread(metric: Any, only: Only, period: Period) -> Question:
        return lambda: (
            metric.name,
            distribution(
                lake, account, metric, period, EDGES, only=only, business=True, as_of=snapshot
            ).rows(),
        )

    narrowed = (Only(), Only(inboxes=inboxes[:1]), Only(labels=labels), Only(channels=("email",)))
    for metric in METRICS:
        for by, every in product(SPLITS, (None, Every.WEEK)):
            if set(by) <= set(metric.by):
                start = FIRST + timedelta(chance.randrange(DAYS))
                period = Period(start, start + timedelta(chance.randrange(1, 90)))
                only = chance.choice(narrowed)
                yield question(metric, by, every, only, period)
                if metric.unit is Unit.SECONDS and not by:
                    yield spread(metric, only, period)


def _of_chatwoot(lake: Lake, account: AccountId, chance: Random) -> Iterator[Question]:
    oslo = ZoneInfo("Europe/Oslo")

    def question(scope: Scope, name: Name, window: Window, *, business: bool) -> Question:
        return lambda: (
            totals(lake, scope, (name, Name.CONVERSATIONS), window, business=business),
            series(lake, scope, name, window, Buckets.WEEK, oslo, business=business),
        )

    def rows(kind: Kind, window: Window) -> Question:
        return lambda: by_subject(lake, account, kind, window)

    for _ in range(6):
        since = datetime(2026, 3, 15, tzinfo=UTC) + timedelta(minutes=chance.randrange(DAYS * 1440))
        window = Window(since, since + timedelta(minutes=chance.randrange(1, 60 * 1440)))
        for name in Name:
            for scope in (Scope(account), Scope(account, Kind.LABEL, 1)):
                yield question(scope, name, window, business=chance.random() < 0.5)
        for kind in (Kind.AGENT, Kind.TEAM, Kind.INBOX, Kind.LABEL):
            yield rows(kind, window)
