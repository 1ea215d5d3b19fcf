"""What a process holds of an account: carried on while it is right, never a moment longer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep

import psycopg
import pytest

from assets.extract.sync import sync_lake
from desk.settings import Storage
from desk.words.ids import AccountId
from tests.builders.diary import Story, append, open_account, open_inbox
from warehouse import held
from warehouse.lake import Lake
from warehouse.metrics.workload import CUSTOMER_MESSAGES
from warehouse.period import Period
from warehouse.report import measure

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = Period.of_days(NOON.date(), NOON.date())
WEEK = Period.of_days(NOON.date() - timedelta(days=7), NOON.date())
FACT = "facts.message"

Desk = psycopg.Connection[object]


def test_only_the_account_whose_rows_changed_is_read_again(
    shared_storage: Storage, shared_connection: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, reader = Lake.writer(shared_storage), Lake.reader(shared_storage)
    accounts = [AccountId(open_account(shared_connection, "UTC", NOON)) for _ in range(2)]
    inboxes = [open_inbox(shared_connection, account, NOON) for account in accounts]

    def customer_writes(number: int, at: datetime = NOON) -> None:
        story = Story(accounts[number], inboxes[number], at).customer(at)
        append(shared_connection, story.entries)
        sync_lake(shared_storage, writer)

    def places() -> list[str]:
        snapshot = reader.snapshot().id
        return [reader.table(FACT, account, snapshot) for account in accounts]

    def counted(account: AccountId) -> int:
        return int(measure(reader, account, CUSTOMER_MESSAGES, WEEK)["n"].item())

    customer_writes(0)
    customer_writes(1)
    quiet, busy = places()
    assert quiet.startswith("held.")
    earlier = reader.snapshot()
    assert [counted(account) for account in accounts] == [1, 1]

    customer_writes(1)
    assert places()[0] == quiet
    assert places()[1] != busy
    assert [counted(account) for account in accounts] == [1, 2]
    assert measure(reader, accounts[1], CUSTOMER_MESSAGES, DAY, as_of=earlier)["n"].item() == 1

    # What is large is not copied whole again: each day that changed lies in a piece of its own.
    monkeypatch.setattr(held, "FEW_ROWS", 0)
    for number, days in enumerate((0, 1, 2, 1, 3, 4, 0, 5, 6)):
        customer_writes(1, NOON - timedelta(days=days))
        if number == 2:
            assert "union all" in places()[1]
        assert [counted(account) for account in accounts] == [1, 3 + number]
    assert places()[0] == quiet
    monkeypatch.undo()

    sync_lake(shared_storage, writer, anew=True)
    assert places()[0] != quiet
    assert [counted(account) for account in accounts] == [1, 11]

    reader.close()
    assert [counted(account) for account in accounts] == [1, 11]

    monkeypatch.setattr(held, "MOST_BYTES", 1)
    monkeypatch.setattr(held, "DROPPED_AFTER", -1.0)
    assert [counted(account) for account in (*accounts, *accounts)] == [1, 11, 1, 11]
    customer_writes(0)
    assert [counted(account) for account in accounts] == [2, 11]

    reader.close()
    monkeypatch.setattr(held, "MOST_ROWS", 1)
    assert places()[1].startswith("lake.")
    writer.close()
    reader.close()


def test_a_new_snapshot_is_seen_once_what_was_asked_for_is_ready(
    shared_storage: Storage, shared_connection: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "MOST_ROWS", 2)
    writer, reader = Lake.writer(shared_storage), Lake.ready(shared_storage)
    large, small = (AccountId(open_account(shared_connection, "UTC", NOON)) for _ in range(2))
    inboxes = {account: open_inbox(shared_connection, account, NOON) for account in (large, small)}

    def customers_write(account: AccountId, times: int) -> int:
        for number in range(times):
            at = NOON - timedelta(days=number * 20)
            append(shared_connection, Story(account, inboxes[account], at).customer(at).entries)
        return sync_lake(shared_storage, writer).snapshot

    def counted(account: AccountId) -> int:
        year = Period.of_days(NOON.date() - timedelta(days=365), NOON.date())
        fact = reader.table(FACT, account, reader.snapshot().id)
        assert reader.rows(f"select count(*) from {fact} where account_id = {account}")
        return int(measure(reader, account, CUSTOMER_MESSAGES, year)["n"].item())

    customers_write(large, 9)
    customers_write(small, 1)
    assert (counted(large), counted(small)) == (9, 1)

    # The large table comes in parts, in the background.
    _until(lambda: reader.table(FACT, large, reader.snapshot().id).startswith("held."))
    assert counted(large) == 9

    for number in range(1, 3):
        newest = customers_write(large, 2)
        _until(lambda newest=newest: reader.snapshot().id == newest)  # type: ignore[misc]
        assert (counted(large), counted(small)) == (9 + 2 * number, 1)

    # Nothing new is an answer as well: the snapshot is the same, and known to be fresh.
    before = reader.snapshot()
    sync_lake(shared_storage, writer)
    _until(lambda: reader.snapshot().read_at > before.read_at)
    assert reader.snapshot().id == before.id

    writer.close()
    reader.close()
    assert counted(large) == 13
    reader.close()


def _until(condition: Callable[[], bool]) -> None:
    end = monotonic() + 60
    while not condition():
        assert monotonic() < end
        sleep(0.02)
