"""The lake follows the desk: nothing late is lost, nothing deleted stays, nothing comes twice."""

import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

import duckdb
import msgspec
import psycopg
import pytest
from msgspec import structs

from assets.extract.sync import sync_lake
from desk.settings import Storage
from desk.words.errors import Conflict
from tests.builders.diary import Story, append, employ, open_account, open_inbox
from warehouse import schema
from warehouse.freshness import read_freshness
from warehouse.lake import Lake, transaction
from warehouse.one_writer import OneWriter
from warehouse.raw_tables import RAW_TABLES

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

Desk = psycopg.Connection[Any]


def count(lake: Lake, table: str) -> int:
    ((rows,),) = lake.rows(f"select count(*) from lake.{table}")
    return int(rows)


def test_an_empty_desk_makes_an_empty_lake(unsynced: Storage) -> None:
    lake = Lake.writer(unsynced)
    report = sync_lake(unsynced, lake)
    assert report.how == "full"
    assert report.rows.total() == 0
    assert count(lake, "facts.message") == 0
    assert count(lake, "marts.agent_day") == 0
    lake.close()


def test_a_run_that_finds_nothing_makes_no_snapshot_but_says_how_fresh_it_is(
    storage: Storage, lake: Lake
) -> None:
    first = sync_lake(storage, lake)
    second = sync_lake(storage, lake)
    assert second.how == "nothing new"
    assert second.snapshot == first.snapshot
    fresh = read_freshness(storage)
    assert fresh is not None
    assert fresh.read_at == second.read_at > first.read_at


def test_a_row_committed_late_still_comes(storage: Storage, lake: Lake, connection: Desk) -> None:
    account = open_account(connection, "UTC", NOON)
    inbox = open_inbox(connection, account, NOON)
    sync_lake(storage, lake)

    with psycopg.connect(storage.database_url) as slow:
        append(slow, Story(account, inbox, NOON).customer(NOON).entries)
        # Others write and commit meanwhile, and the lake moves on past them.
        for minute in range(3):
            story = Story(account, inbox, NOON + timedelta(minutes=minute))
            append(connection, story.entries)
            sync_lake(storage, lake)
        assert count(lake, "facts.conversation_started") == 3
        slow.commit()

    report = sync_lake(storage, lake)
    assert report.rows["events"] == 2
    assert count(lake, "facts.conversation_started") == 4
    assert count(lake, "facts.message") == 1


def test_rows_read_again_while_a_transaction_is_open_are_not_written_again(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    account = open_account(connection, "UTC", NOON)
    inbox = open_inbox(connection, account, NOON)
    sync_lake(storage, lake)
    with psycopg.connect(storage.database_url) as slow:
        open_inbox(slow, account, NOON)
        append(connection, Story(account, inbox, NOON).entries)
        assert sync_lake(storage, lake).rows == {"events": 1}
        assert sync_lake(storage, lake).how == "nothing new"
        slow.rollback()
    assert sync_lake(storage, lake).how == "nothing new"
    assert count(lake, "raw.events") == 1


def test_a_changed_row_is_replaced(storage: Storage, lake: Lake, connection: Desk) -> None:
    account = open_account(connection, "UTC", NOON)
    sync_lake(storage, lake)
    connection.execute("update accounts set time_zone = 'Asia/Tokyo' where id = %s", [account])
    sync_lake(storage, lake)
    assert lake.rows("select id, time_zone from lake.raw.accounts") == [(account, "Asia/Tokyo")]


def test_what_the_desk_deletes_the_lake_deletes(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    account = open_account(connection, "UTC", NOON)
    user = employ(connection, account, NOON)
    kept = employ(connection, account, NOON)
    sync_lake(storage, lake)
    connection.execute("delete from account_users where user_id = %s", [user])
    report = sync_lake(storage, lake)
    assert report.buried == {"account_users": 1}
    assert lake.rows("select user_id from lake.raw.account_users") == [(kept,)]


def test_a_row_deleted_and_made_anew_stays(storage: Storage, lake: Lake, connection: Desk) -> None:
    account = open_account(connection, "UTC", NOON)
    user = employ(connection, account, NOON)
    sync_lake(storage, lake)
    with psycopg.connect(storage.database_url) as slow:
        open_inbox(slow, account, NOON)  # keeps the horizon where it is
        with connection.transaction():
            connection.execute("delete from account_users where user_id = %s", [user])
            connection.execute(
                "insert into account_users (account_id, user_id, role, created_at) "
                "values (%s, %s, 1, now())",
                [account, user],
            )
        for _ in range(3):
            sync_lake(storage, lake)
            assert lake.rows("select role from lake.raw.account_users") == [(1,)]


def test_facts_stay_when_a_conversation_is_deleted(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    account = open_account(connection, "UTC", NOON)
    inbox = open_inbox(connection, account, NOON)
    append(connection, Story(account, inbox, NOON).customer(NOON).entries)
    sync_lake(storage, lake)
    connection.execute(
        "insert into lake_tombstones (table_name, account_id, row_key) "
        "values ('conversations', %s, '{\"account_id\": 1, \"id\": 1}')",
        [account],
    )
    sync_lake(storage, lake)
    assert count(lake, "facts.message") == 1


def test_another_cluster_is_loaded_in_full(storage: Storage, lake: Lake, connection: Desk) -> None:
    account = open_account(connection, "UTC", NOON)
    sync_lake(storage, lake)
    cursor = lake.cursor()
    state = schema.read_state(cursor)
    assert state is not None
    # As after a restore elsewhere: another identity, and a horizon no transaction will reach.
    with transaction(cursor, "test"):
        elsewhere = structs.replace(state, source="another/1/1", horizon=state.horizon + 10**6)
        schema.write_state(cursor, elsewhere)
    open_inbox(connection, account, NOON)
    report = sync_lake(storage, lake)
    assert report.how == "full"
    assert count(lake, "raw.inboxes") == 1
    assert sync_lake(storage, lake).how == "nothing new"


def test_a_cluster_set_back_in_time_is_loaded_in_full(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    open_account(connection, "UTC", NOON)
    sync_lake(storage, lake)
    cursor = lake.cursor()
    state = schema.read_state(cursor)
    assert state is not None
    with transaction(cursor, "test"):
        schema.write_state(cursor, structs.replace(state, horizon=state.horizon + 10**6))
    assert sync_lake(storage, lake).how == "full"


def test_changed_definitions_make_all_facts_anew(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    account = open_account(connection, "UTC", NOON)
    inbox = open_inbox(connection, account, NOON)
    append(connection, Story(account, inbox, NOON).customer(NOON).entries)
    sync_lake(storage, lake)
    cursor = lake.cursor()
    state = schema.read_state(cursor)
    assert state is not None
    with transaction(cursor, "test"):
        schema.write_state(cursor, structs.replace(state, model_digest="of yesterday"))
        cursor.execute("delete from lake.facts.message")
    report = sync_lake(storage, lake)
    assert report.facts == 5
    assert count(lake, "facts.message") == 1


def test_a_run_that_dies_leaves_the_lake_as_it_was(
    storage: Storage, lake: Lake, connection: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = open_account(connection, "UTC", NOON)
    inbox = open_inbox(connection, account, NOON)
    sync_lake(storage, lake)
    append(connection, Story(account, inbox, NOON).customer(NOON).entries)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(schema, "write_state", die)
        with pytest.raises(KeyboardInterrupt):
            sync_lake(storage, lake)
    assert count(lake, "raw.events") == 0
    sync_lake(storage, lake)
    assert count(lake, "raw.events") == 2
    assert count(lake, "facts.message") == 1


DYING = """
import os, signal, sys
import msgspec
from assets.extract.sync import sync_lake
from desk.settings import Storage
from warehouse import schema
from warehouse.lake import Lake
schema.write_state = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
storage = msgspec.json.decode(sys.argv[1], type=Storage)
sync_lake(storage, Lake.writer(storage))
"""


def test_a_writer_that_is_killed_leaves_nothing_half_done(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    account = open_account(connection, "UTC", NOON)
    inbox = open_inbox(connection, account, NOON)
    append(connection, Story(account, inbox, NOON).customer(NOON).entries)
    sync_lake(storage, lake)
    before = lake.snapshot()
    append(connection, Story(account, inbox, NOON).customer(NOON).entries)
    killed = subprocess.run(
        [sys.executable, "-c", DYING, msgspec.json.encode(storage).decode()], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    # All was written but the last word: nobody sees any of it, and nobody waits for the dead.
    assert (lake.snapshot(), count(lake, "facts.message")) == (before, 1)
    report = sync_lake(storage, lake, wait=False, check=True)
    assert (report.rows["events"], report.differences) == (2, ())
    assert (count(lake, "raw.events"), count(lake, "facts.message")) == (4, 2)


def test_only_one_process_writes_the_lake(storage: Storage, lake: Lake) -> None:
    sync_lake(storage, lake)
    with OneWriter(storage, wait=True), pytest.raises(Conflict, match="Another process"):
        sync_lake(storage, lake, wait=False)
    assert sync_lake(storage, lake, wait=False).how == "nothing new"


def test_writers_in_turn_know_of_zones_and_inboxes_what_the_other_brought(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    account = open_account(connection, "UTC", NOON)
    append(connection, Story(account, open_inbox(connection, account, NOON), NOON).entries)
    sync_lake(storage, lake)
    sync_lake(storage, lake)
    other = Lake.writer(storage)
    connection.execute("update accounts set time_zone = 'Asia/Tokyo' where id = %s", [account])
    inbox = open_inbox(connection, account, NOON)
    sync_lake(storage, other)
    evening = NOON.replace(hour=20)
    append(connection, Story(account, inbox, evening).customer(evening).entries)
    for writer in (lake, other):
        sync_lake(storage, writer)
    ((day, channel),) = lake.rows("select day, channel from lake.facts.message")
    assert day == date(2026, 11, 24)
    assert channel
    other.close()


def test_a_broken_connection_heals_at_the_next_run(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    sync_lake(storage, lake)
    open_account(connection, "UTC", NOON)
    with psycopg.connect(storage.lake_catalog_url, autocommit=True) as server:
        server.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where application_name like 'streamdesk%%' and pid <> pg_backend_pid() "
            "and datname like 'numbers_%%'"
        )
    for _ in range(2):
        try:
            sync_lake(storage, lake)
        except duckdb.Error:
            continue
    assert count(lake, "raw.accounts") == 1


def test_a_reconciling_run_repairs_what_no_trigger_saw(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    account = open_account(connection, "UTC", NOON)
    open_inbox(connection, account, NOON)
    gone = open_inbox(connection, account, NOON)
    sync_lake(storage, lake)
    assert sync_lake(storage, lake, check=True).differences == ()
    connection.execute("alter table inboxes disable trigger leave_tombstones")
    connection.execute("delete from inboxes where id = %s", [gone])
    assert sync_lake(storage, lake).how == "nothing new"
    report = sync_lake(storage, lake, check=True)
    assert report.differences is not None
    assert [(d.table, d.desk_rows, d.lake_rows) for d in report.differences] == [("inboxes", 1, 2)]
    assert count(lake, "raw.inboxes") == 1
    # Of the large tables each month by itself: here one row came to lie in another.
    append(connection, Story(account, gone, NOON).customer(NOON).entries)
    sync_lake(storage, lake)
    lake.cursor().execute(
        'update lake.raw.events set "at" = "at" - interval 1 month where name = \'message_created\''
    )
    report = sync_lake(storage, lake, check=True)
    assert report.differences is not None
    assert [(d.table, d.month, d.desk_rows, d.lake_rows) for d in report.differences] == [
        ("events", date(2026, 10, 1), 0, 1),
        ("events", date(2026, 11, 1), 2, 1),
    ]
    assert sync_lake(storage, lake, check=True).differences == ()


def test_no_name_address_or_text_reaches_the_lake(
    storage: Storage, lake: Lake, connection: Desk
) -> None:
    account = open_account(connection, "UTC", NOON)
    inbox = open_inbox(connection, account, NOON, name="PRIVATEMARK inbox")
    employ(connection, account, NOON, name="PRIVATEMARK person")
    contact = connection.execute(
        "insert into contacts (account_id, name, email, phone_number, created_at) "
        "values (%s, 'PRIVATEMARK', 'PRIVATEMARK@x.example', '+1PRIVATEMARK', now()) returning id",
        [account],
    ).fetchone()
    assert contact is not None
    append(connection, Story(account, inbox, NOON).customer(NOON).entries)
    sync_lake(storage, lake)
    for table in RAW_TABLES:
        rows = lake.rows(f"select * from lake.raw.{table.name}")
        assert "PRIVATEMARK" not in str(rows)
    assert count(lake, "raw.contacts") == 1
