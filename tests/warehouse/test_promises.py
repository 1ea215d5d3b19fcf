"""What service levels came to, against the slow reference."""

from collections import Counter
from datetime import date

from desk.words.ids import AccountId
from tests.warehouse.fed import Fed
from tests.warehouse.promise_reference import Promise, promises
from warehouse.metrics.dimensions import AGENT
from warehouse.metrics.sla import PROMISE, SLA_MET, SLA_MISSED
from warehouse.period import Period
from warehouse.report import measure

PERIOD = Period(date(2026, 1, 1), date(2027, 1, 1))


def test_promises_are_those_of_the_slow_reference(fed: Fed) -> None:
    rows = fed.lake.rows(
        "select conversation_id, event_id, promise, outcome, day, agent_id, team_id, due_at, "
        "calendar_seconds::double, business_seconds::double from lake.facts.sla "
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
