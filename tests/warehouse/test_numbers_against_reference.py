"""Facts, marts and metrics against the slow reference, fed bit by bit and out of order."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from statistics import fmean
from typing import Any

import pytest

from assets.facts.rebuild import rebuild_facts
from desk.words.ids import AccountId
from tests.warehouse import chatwoot_reference, slow_stretches
from tests.warehouse.chatwoot_reference import Noted
from tests.warehouse.fed import HISTORIES, Fed
from tests.warehouse.happenings import HAPPENINGS, played
from tests.warehouse.promise_reference import Promise, promises
from tests.warehouse.slow_reference import World
from tests.warehouse.told import Span, Stretch
from warehouse import build
from warehouse.lake import Lake
from warehouse.metrics.dimensions import AGENT, TEAM
from warehouse.metrics.resolution import FULL_RESOLUTION, RESOLVED
from warehouse.metrics.responsiveness import FIRST_RESPONSE, NEXT_REPLY
from warehouse.metrics.satisfaction import CSAT
from warehouse.metrics.sla import PROMISE, SLA_MET, SLA_MISSED
from warehouse.metrics.workload import ASSIGNED, BACKLOG, CONVERSATIONS_STARTED
from warehouse.models import FACTS, MARTS
from warehouse.period import Every, Period
from warehouse.report import measure

PERIOD = Period(date(2026, 3, 15), date(2026, 11, 30))
LOOKED_AT = 6
"""Metrics are asked for some of the accounts; facts are compared for all."""


def test_facts_are_those_of_the_slow_reference(fed: Fed) -> None:
    lake = fed.lake
    first = _all(fed, lambda world: world.first_responses)
    assert _spans(lake, "first_response", "outcome") == first
    assert _spans(lake, "reply", "outcome") == _all(fed, lambda world: world.replies)
    resolutions = [
        one
        for world in fed.worlds.values()
        for one in sorted(world.resolutions, key=lambda found: found.span.event)
    ]
    assert _spans(lake, "resolution", "closed_by") == [one.span for one in resolutions]
    assert lake.rows(
        "select is_first, is_last, replies from lake.facts.resolution order by account_id, event_id"
    ) == [(one.is_first, one.is_last, one.replies) for one in resolutions]
    assert lake.rows(
        "select conversation_id, event_id, day, agent_id, ended_at, ended_by "
        "from lake.facts.assignment order by account_id, event_id"
    ) == [tuple(one) for one in _all(fed, slow_stretches.held)]
    assert lake.rows(
        "select conversation_id, event_id, day, agent_id, satisfied from lake.facts.csat "
        "order by account_id, event_id"
    ) == [tuple(rated) for rated in _all(fed, lambda world: world.ratings())]
    assert len(first) > HISTORIES / 2


def test_what_lasted_is_what_the_slow_reference_says(fed: Fed) -> None:
    told: tuple[tuple[str, str, Callable[[World], Iterable[Stretch]]], ...] = (
        ("waiting", "'waiting'", slow_stretches.waits),
        ("status_span", "status::varchar", slow_stretches.statuses),
    )
    for fact, what, of_world in told:
        rows = fed.lake.rows(
            f"select conversation_id, event_id, {what}, agent_id, team_id, ended_by, "
            "end_event_id, calendar_seconds::double, business_seconds::double, calendar_id "
            f"from lake.facts.{fact} order by account_id, event_id, conversation_id"
        )
        expected = _all(fed, of_world)
        assert [Stretch(*row) for row in rows] == expected
        assert sum(one.end_event is not None for one in expected) > HISTORIES / 2


def test_chatwoots_events_are_those_of_the_slow_clerk(fed: Fed) -> None:
    rows = fed.lake.rows(
        "select event_id, name, conversation_id, agent_id, started_at, ended_at, value, "
        "value_in_business_hours from lake.facts.reporting_event "
        "order by account_id, event_id, name"
    )
    expected = [
        row
        for world in fed.worlds.values()
        for row in sorted(chatwoot_reference.noted(world), key=lambda row: (row.event, row.name))
    ]
    assert [Noted(*row) for row in rows] == expected
    assert len(Counter(row.name for row in expected)) == 6


def test_everything_that_can_happen_is_played(fed: Fed) -> None:
    seen = played(fed)
    assert {name: seen[name] for name in HAPPENINGS if seen[name] < HISTORIES / 60} == {}


def test_promises_are_those_of_the_slow_reference(fed: Fed) -> None:
    rows = fed.lake.rows(
        "select conversation_id, event_id, promise, outcome, day, agent_id, team_id, due_at, "
        "calendar_seconds::double, business_seconds::double, begin_event_id, calendar_id "
        "from lake.facts.sla "
        "order by account_id, event_id, promise"
    )
    expected = [
        one
        for _, world in sorted(fed.worlds.items())
        for one in sorted(promises(world), key=lambda one: (one.event, one.promise))
    ]
    assert [Promise(*row) for row in rows] == expected
    seen = Counter(one.outcome for one in expected)
    assert min(seen["met"], seen["missed"], seen["open"]) > 5


def test_what_was_met_and_missed_is_counted_as_decided(fed: Fed) -> None:
    decided_of = {
        account: [one for one in promises(world) if one.outcome in ("met", "missed")]
        for account, world in fed.worlds.items()
    }
    for account, decided in sorted(decided_of.items(), key=lambda one: -len(one[1]))[:3]:
        met = sum(one.outcome == "met" for one in decided)
        frame = measure(fed.lake, AccountId(account), SLA_MET, PERIOD)
        assert frame.row(0) == (len(decided), met, met / len(decided))
        missed = [one for one in decided if one.outcome == "missed"]
        frame = measure(fed.lake, AccountId(account), SLA_MISSED, PERIOD, by=(AGENT,))
        assert dict(frame.iter_rows()) == Counter(one.agent for one in missed)
        frame = measure(fed.lake, AccountId(account), SLA_MISSED, PERIOD, by=(PROMISE,))
        assert dict(frame.iter_rows()) == Counter(one.promise for one in missed)


def test_what_grew_bit_by_bit_is_what_a_rebuild_makes(
    fed: Fed, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _everything(fed.lake)
    # In several batches, none of which parts what was merged.
    monkeypatch.setattr(build, "BATCH_EVENTS", HISTORIES * 15)
    rebuild_facts(fed.storage, fed.lake)
    after = _everything(fed.lake)
    for name, rows in before.items():
        assert rows == after[name], name
    assert sum(len(rows) for rows in before.values()) > 1000


def test_the_backlog_at_the_end_of_each_day(fed: Fed) -> None:
    for account, world in _some(fed):
        frame = measure(fed.lake, AccountId(account), BACKLOG, PERIOD, every=Every.DAY)
        expected = slow_stretches.backlog(world, PERIOD.buckets(Every.DAY))
        assert dict(frame.iter_rows()) == expected
        assert max(expected.values()) > 0
        by_team = measure(fed.lake, AccountId(account), BACKLOG, PERIOD, by=(TEAM,))
        assert by_team["n"].sum() == expected[PERIOD.last]


def test_metrics_are_those_of_the_slow_reference(fed: Fed) -> None:
    lake = fed.lake
    for account, world in _some(fed):
        spans = {
            FIRST_RESPONSE: [s for s in world.first_responses if s.outcome == "answered"],
            NEXT_REPLY: [s for s in world.replies if s.outcome == "answered"],
            FULL_RESOLUTION: [
                one.span
                for one in world.resolutions
                if one.is_last and one.span.seconds is not None
            ],
        }
        for metric, found in spans.items():
            frame = measure(lake, AccountId(account), metric, PERIOD, by=(AGENT,))
            expected = {
                agent: _summary([s.seconds or 0.0 for s in found if s.agent == agent])
                for agent in {s.agent for s in found}
            }
            measured = {row[0]: row[1:] for row in frame.iter_rows()}
            assert measured.keys() == expected.keys()
            assert all(measured[agent] == pytest.approx(expected[agent]) for agent in measured)

            frame = measure(lake, AccountId(account), metric, PERIOD, business=True)
            assert frame.row(0) == pytest.approx(_summary([s.business or 0.0 for s in found]))

        given = {(held.agent, held.conversation) for held in slow_stretches.held(world)}
        frame = measure(lake, AccountId(account), ASSIGNED, PERIOD, by=(AGENT,))
        assert dict(frame.iter_rows()) == Counter(agent for agent, _ in given)

        resolved = {(one.span.agent, one.span.conversation) for one in world.resolutions}
        frame = measure(lake, AccountId(account), RESOLVED, PERIOD, by=(AGENT,))
        assert dict(frame.iter_rows()) == Counter(agent for agent, _ in resolved)

        answers = [rated.satisfied for rated in world.ratings()]
        frame = measure(lake, AccountId(account), CSAT, PERIOD)
        share = sum(answers) / len(answers) if answers else None
        assert frame.row(0) == (len(answers), sum(answers), share)

        started = Counter(day for _, day in world.started())
        frame = measure(lake, AccountId(account), CONVERSATIONS_STARTED, PERIOD, every=Every.DAY)
        assert dict(frame.iter_rows()) == {day: started[day] for day in PERIOD.buckets(Every.DAY)}


def _some(fed: Fed) -> list[tuple[int, World]]:
    """Those with the longest histories."""
    by_length = sorted(
        fed.worlds.items(), key=lambda one: -sum(len(story) for story in one[1].stories.values())
    )
    return by_length[:LOOKED_AT]


def _all(fed: Fed, of_world: Callable[[World], Iterable[Any]]) -> list[Any]:
    """What every world says, by account and event."""
    return [
        one
        for world in fed.worlds.values()
        for one in sorted(of_world(world), key=lambda one: (one.event, one.conversation))
    ]


def _spans(lake: Lake, fact: str, outcome: str) -> list[Span]:
    rows = lake.rows(
        "select conversation_id, event_id, begin_event_id, day, hour, agent_id, team_id, "
        f"label_ids, {outcome}, calendar_seconds::double, business_seconds::double, calendar_id "
        f"from lake.facts.{fact} order by account_id, event_id"
    )
    return [Span(*row)._replace(labels=tuple(row[7])) for row in rows]


def _summary(seconds: list[float]) -> tuple[float | None, ...]:
    if not seconds:
        return 0, None, None, None
    return len(seconds), fmean(seconds), _quantile(seconds, 0.5), _quantile(seconds, 0.9)


def _quantile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _everything(lake: Lake) -> dict[str, list[tuple[str, ...]]]:
    return {
        model.label: sorted(
            tuple(map(str, row)) for row in lake.rows(f"select * from {model.table}")
        )
        for model in (*FACTS, *MARTS)
    }
