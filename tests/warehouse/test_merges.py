"""Conversations that become part of others: what is counted from then on, and what was before."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import psycopg
import pytest

from assets.checks.invariants import invariants
from assets.extract.sync import sync_lake
from desk.settings import Storage
from desk.words.ids import AccountId
from tests.builders.diary import Story, append, employ, open_account, open_inbox
from warehouse.freshness import Snapshot
from warehouse.lake import Lake
from warehouse.metrics.metric import Metric
from warehouse.metrics.resolution import FULL_RESOLUTION, RESOLVED
from warehouse.metrics.responsiveness import FIRST_RESPONSE, NEXT_REPLY, UNANSWERED, WAITING
from warehouse.metrics.workload import BACKLOG, CONVERSATIONS_STARTED, HELD
from warehouse.period import Period
from warehouse.report import measure

NINE = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MONTH = Period.of_days(date(2026, 11, 1), date(2026, 11, 30))
HOUR = timedelta(hours=1)

Desk = psycopg.Connection[Any]


class Numbers:
    """One account's numbers, in hours where they are durations."""

    def __init__(self, storage: Storage, lake: Lake, connection: Desk) -> None:
        self._storage, self.lake, self._connection = storage, lake, connection
        self.account = open_account(connection, "UTC", NINE)
        self.inbox = open_inbox(connection, self.account, NINE)
        self.maya = employ(connection, self.account, NINE)
        self._told: dict[int, int] = {}

    def story(self, at: datetime = NINE) -> Story:
        return Story(self.account, self.inbox, at)

    def sync(self, *stories: Story) -> Snapshot:
        """Write what they have more to tell, and bring it to the lake."""
        for story in stories:
            append(self._connection, story.entries[self._told.get(story.id, 0) :])
            self._told[story.id] = len(story.entries)
        sync_lake(self._storage, self.lake)
        return self.lake.snapshot()

    def of(self, metric: Metric, as_of: Snapshot | None = None) -> tuple[Any, ...]:
        frame = measure(self.lake, AccountId(self.account), metric, MONTH, as_of=as_of)
        mean = frame["mean"].item() if "mean" in frame.columns else None
        return (frame["n"].item(), *([] if mean is None else [mean / 3600]))


@pytest.fixture
def numbers(shared_storage: Storage, shared_lake: Lake, shared_connection: Desk) -> Numbers:
    return Numbers(shared_storage, shared_lake, shared_connection)


def test_the_survivor_answers_whoever_asked_first_and_the_absorbed_one_counts_no_more(
    numbers: Numbers,
) -> None:
    absorbed = numbers.story().customer(NINE).assign(NINE, numbers.maya)
    survivor = numbers.story(NINE + HOUR).customer(NINE + 2 * HOUR)
    before = numbers.sync(absorbed, survivor)
    assert numbers.of(BACKLOG) == (2,)
    absorbed.merge(NINE + 3 * HOUR, survivor)
    numbers.sync(absorbed)
    assert (numbers.of(BACKLOG), numbers.of(HELD)) == ((1,), (1, 3))
    assert (numbers.of(RESOLVED), numbers.of(UNANSWERED), numbers.of(WAITING)) == ((0,), (0,), (0,))
    survivor.reply(NINE + 5 * HOUR, numbers.maya).resolve(NINE + 6 * HOUR)
    numbers.sync(survivor)
    assert (numbers.of(FIRST_RESPONSE), numbers.of(WAITING)) == ((1, 5), (1, 5))
    assert (numbers.of(RESOLVED), numbers.of(FULL_RESOLUTION)) == ((1,), (1, 6))
    # What was counted before the merge still is, and what was known then does not move.
    assert (numbers.of(CONVERSATIONS_STARTED), numbers.of(BACKLOG)) == ((2,), (0,))
    assert (numbers.of(BACKLOG, before), numbers.of(FIRST_RESPONSE, before)) == ((2,), (0,))
    spans = numbers.lake.rows(
        "select ended_by, calendar_seconds::int // 3600 from lake.facts.status_span "
        f"where conversation_id = {absorbed.id}"
    )
    assert spans == [("merged", 3)]


def test_what_was_answered_before_the_merge_is_not_answered_for_the_first_time_again(
    numbers: Numbers,
) -> None:
    absorbed = numbers.story().customer(NINE).reply(NINE + HOUR, numbers.maya)
    absorbed.customer(NINE + 2 * HOUR)
    survivor = numbers.story(NINE + HOUR).customer(NINE + 3 * HOUR)
    absorbed.merge(NINE + 4 * HOUR, survivor)
    survivor.reply(NINE + 6 * HOUR, numbers.maya)
    numbers.sync(absorbed, survivor)
    assert (numbers.of(FIRST_RESPONSE), numbers.of(NEXT_REPLY)) == ((1, 1), (1, 4))


def test_merges_follow_each_other_and_may_come_late(numbers: Numbers) -> None:
    first, second, third = (numbers.story(NINE + HOUR * number) for number in range(3))
    first.customer(NINE)
    second.customer(NINE + HOUR)
    third.customer(NINE + 2 * HOUR).reply(NINE + 3 * HOUR, numbers.maya)
    third.reply(NINE + 8 * HOUR, numbers.maya).resolve(NINE + 9 * HOUR)
    numbers.sync(first, second, third)
    assert (numbers.of(FIRST_RESPONSE), numbers.of(NEXT_REPLY)) == ((1, 1), (0,))
    # The later merge is known before the earlier one.
    second.merge(NINE + 5 * HOUR, third)
    numbers.sync(second)
    assert (numbers.of(NEXT_REPLY), numbers.of(FULL_RESOLUTION)) == ((1, 7), (1, 8))
    first.merge(NINE + 4 * HOUR, second)
    numbers.sync(first)
    assert (numbers.of(NEXT_REPLY), numbers.of(FULL_RESOLUTION)) == ((1, 8), (1, 9))
    assert numbers.of(WAITING) == (2, 4.5)
    # Somebody had answered the very first of them, as turns out: two merges away.
    numbers.sync(first.reply(NINE + HOUR / 2, numbers.maya))
    assert (numbers.of(NEXT_REPLY), numbers.of(FULL_RESOLUTION)) == ((1, 7), (1, 9))
    assert [one.name for one in invariants() if one.broken(numbers.lake)] == []
