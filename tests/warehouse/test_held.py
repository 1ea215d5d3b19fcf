"""What a process holds of an account: carried on while it is right, never a moment longer."""

from datetime import UTC, datetime

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
FACT = "facts.message"

Desk = psycopg.Connection[object]


def test_only_the_account_whose_rows_changed_is_read_again(
    shared_storage: Storage, shared_connection: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, reader = Lake.writer(shared_storage), Lake.reader(shared_storage)
    accounts = [AccountId(open_account(shared_connection, "UTC", NOON)) for _ in range(2)]
    inboxes = [open_inbox(shared_connection, account, NOON) for account in accounts]

    def customer_writes(number: int) -> None:
        story = Story(accounts[number], inboxes[number], NOON).customer(NOON)
        append(shared_connection, story.entries)
        sync_lake(shared_storage, writer)

    def places() -> list[str]:
        snapshot = reader.snapshot().id
        return [reader.table(FACT, account, snapshot) for account in accounts]

    def counted(account: AccountId) -> int:
        return int(measure(reader, account, CUSTOMER_MESSAGES, DAY)["n"].item())

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

    sync_lake(shared_storage, writer, anew=True)
    assert places()[0] != quiet
    assert [counted(account) for account in accounts] == [1, 2]

    reader.close()
    assert [counted(account) for account in accounts] == [1, 2]

    monkeypatch.setattr(held, "MOST_BYTES", 1)
    monkeypatch.setattr(held, "DROPPED_AFTER", -1.0)
    assert [counted(account) for account in (*accounts, *accounts)] == [1, 2, 1, 2]
    customer_writes(0)
    assert [counted(account) for account in accounts] == [2, 2]

    reader.close()
    monkeypatch.setattr(held, "MOST_ROWS", 1)
    assert places()[1].startswith("lake.")
    writer.close()
    reader.close()
