"""The clean-up of the desk: what is old goes, what lives stays, and both are told."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from msgspec import structs

from assets.cleanup.duties import DUTIES, SWEEPS
from assets.cleanup.house import House, Outcome, do_duty
from assets.extract.sync import sync_lake
from desk.clock import FixedClock
from desk.settings import Settings, Storage
from desk.store.avatars import keep_avatar
from desk.store.desk import Desk
from desk.store.files import FileStore
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.messages import receive, said
from warehouse.lake import Lake

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.fixture
def own_settings(settings: Settings, storage: Storage, tmp_path: Path) -> Settings:
    """A desk's databases of the test's own, so that its counts are exact."""
    mine = structs.replace(
        storage,
        files_url=(tmp_path / "files").as_uri(),
        redis_url=urlunsplit(urlsplit(storage.redis_url)._replace(path="/9")),
    )
    return structs.replace(settings, storage=mine)


@pytest.fixture
async def own_desk(own_settings: Settings) -> AsyncIterator[Desk]:
    opened = Desk.open(own_settings, clock=FixedClock(NOW), connections=4)
    yield opened
    await opened.close()


@pytest.fixture
def house(own_desk: Desk, own_settings: Settings) -> House:
    return House(own_desk, FileStore(own_settings.storage.files_url))


@pytest.fixture
async def halden(own_desk: Desk) -> SmallDesk:
    return await small_desk(own_desk)


async def do(house: House, name: str, *, dry_run: bool = False) -> tuple[int, int, int]:
    """Before, deleted, after."""
    outcome = await done(house, name, dry_run=dry_run)
    return outcome.before, outcome.deleted, outcome.after


async def done(house: House, name: str, *, dry_run: bool = False) -> Outcome:
    (duty,) = [duty for duty in (*DUTIES, *SWEEPS) if duty.name == name]
    return await do_duty(house, duty, dry_run=dry_run)


async def rows(desk: Desk, sql: str, *values: Any) -> list[dict[str, Any]]:
    async with desk.transaction_across_accounts(reason="a test looks") as tx:
        return await tx.all(sql, list(values))


async def facts(desk: Desk, name: str) -> list[dict[str, Any]]:
    return [
        row["fact"]
        for row in await rows(desk, "select fact from events where name = %s order by id", name)
    ]


async def contact(desk: Desk, at: SmallDesk, name: str, age: float, **more: Any) -> int:
    columns = {"name": name, "created_at": ago(age), **more}
    names = ", ".join(columns)
    marks = ", ".join(["%s"] * len(columns))
    async with desk.transaction(at.account_id) as tx:
        return await tx.insert(
            f"insert into contacts (account_id, {names}) values (%s, {marks}) returning id",
            [at.account_id, *columns.values()],
        )


async def test_contacts_without_a_conversation_go_after_thirty_days(
    own_desk: Desk, house: House, halden: SmallDesk
) -> None:
    old = [await contact(own_desk, halden, f"Old {n}", 31 + n) for n in range(3)]
    await contact(own_desk, halden, "Young", 29)
    await contact(own_desk, halden, "Seen lately", 90, last_activity_at=ago(2))
    await contact(own_desk, halden, "Blocked", 90, blocked=True)
    await contact(own_desk, halden, "Labelled", 90, label_ids=[1])
    noted = await contact(own_desk, halden, "Noted", 90)
    async with own_desk.transaction(halden.account_id) as tx:
        await tx.execute(
            """insert into contact_notes (account_id, contact_id, user_id, content, created_at,
                                          updated_at)
               values (%s, %s, %s, 'Calls back', %s, %s)""",
            [halden.account_id, noted, halden.agent, tx.now, tx.now],
        )
    await receive(own_desk, halden, said("Hello"))
    await rows(
        own_desk,
        "update contacts set created_at = %s where phone_number is not null returning 1",
        ago(99),
    )
    duty = "contacts_without_conversation"
    assert await do(house, duty, dry_run=True) == (3, 0, 3)
    assert await do(house, duty) == (3, 3, 0)
    assert await do(house, duty) == (0, 0, 0)
    left = [row["name"] for row in await rows(own_desk, "select name from contacts order by id")]
    assert left == ["Young", "Seen lately", "Blocked", "Labelled", "Noted", "Amara Okonkwo"]
    assert [fact["contact_id"] for fact in await facts(own_desk, "contact_deleted")] == old


async def test_a_contact_who_writes_between_count_and_delete_stays(
    own_desk: Desk, house: House, halden: SmallDesk, own_settings: Settings
) -> None:
    await receive(own_desk, halden, said("Hello"))
    (amara,) = await rows(own_desk, "select id from contacts")
    async with own_desk.transaction(halden.account_id) as tx:
        await tx.execute("delete from messages")
        await tx.execute("delete from conversations")
        await tx.execute("update contacts set created_at = %s, last_activity_at = null", [ago(99)])
    (duty,) = [duty for duty in DUTIES if duty.name == "contacts_without_conversation"]
    counted = await duty.count(house, ago(30))
    assert counted.stale == {halden.account_id: 1}
    await receive(own_desk, halden, said("I am back"))
    await rows(own_desk, "update contacts set last_activity_at = null returning 1")
    assert await duty.clear(house, halden.account_id, ago(30)) == 0
    assert await rows(own_desk, "select id from contacts") == [amara]


async def test_notifications_go_after_ninety_days_unless_they_are_put_off(
    own_desk: Desk, house: House, halden: SmallDesk
) -> None:
    await receive(own_desk, halden, said("Hello"))
    (conversation,) = await rows(own_desk, "select id from conversations")
    async with own_desk.transaction(halden.account_id) as tx:
        for number, (age, until) in enumerate(
            ((91, None), (400, None), (89, None), (91, NOW + timedelta(days=1)))
        ):
            await tx.execute(
                """insert into notifications (account_id, user_id, kind, conversation_id, event_id,
                                              created_at, snoozed_until)
                   values (%s, %s, 0, %s, %s, %s, %s)""",
                [halden.account_id, halden.agent, conversation["id"], number, ago(age), until],
            )
    assert await do(house, "old_notifications") == (2, 2, 0)
    left = await rows(own_desk, "select event_id from notifications order by 1")
    assert [row["event_id"] for row in left] == [2, 3]
    assert [
        (fact["kind"], fact["count"]) for fact in await facts(own_desk, "records_forgotten")
    ] == [("notifications", 2)]


async def closed_conversation(desk: Desk, house: House, at: SmallDesk, sender: str) -> str:
    """A resolved conversation with a file, two years old; the file's key."""
    await receive(desk, at, said("Hello", sender=sender), said("There?", sender=sender))
    key = await house.files.put(at.account_id, b"a picture")
    async with desk.transaction(at.account_id) as tx:
        row = await tx.one("select max(id) as id, max(conversation_id) as c from messages")
        await tx.execute(
            """insert into attachments (account_id, message_id, file_type, file_key, created_at)
               values (%s, %s, 0, %s, %s)""",
            [at.account_id, row["id"], key, ago(700)],
        )
        await tx.execute(
            "update conversations set status = 1, last_activity_at = %s where id = %s",
            [ago(700), row["c"]],
        )
    return key


async def test_a_suspended_accounts_resolved_conversations_go_and_its_numbers_stay(
    own_desk: Desk, house: House, halden: SmallDesk, own_settings: Settings, lake: Lake
) -> None:
    key = await closed_conversation(own_desk, house, halden, "4711")
    await receive(own_desk, halden, said("Still open", sender="4722"))
    northgate = await small_desk(own_desk, name="Northgate")
    kept = await closed_conversation(own_desk, house, northgate, "4733")
    duty = "conversations_of_suspended_accounts"
    assert await do(house, duty) == (0, 0, 0)
    await rows(
        own_desk,
        "update accounts set suspended = true where id = %s returning 1",
        halden.account_id,
    )
    sync_lake(own_settings.storage, lake)
    started = f"select count(*) from lake.facts.conversation_started where account_id = {halden.account_id}"
    assert lake.rows(started) == [(2,)]
    assert await do(house, duty) == (1, 1, 0)
    assert await do(house, duty) == (0, 0, 0)
    left = await rows(own_desk, "select account_id, status from conversations order by id")
    assert [row["status"] for row in left] == [0, 1]
    messages = await rows(
        own_desk, "select content from messages where account_id = %s", halden.account_id
    )
    assert [row["content"] for row in messages] == ["Still open"]
    assert len(await facts(own_desk, "conversation_deleted")) == 1
    # The file goes after its row, and only then.
    assert await house.files.get(halden.account_id, key) == b"a picture"
    assert await do(house, "files_without_rows") == (1, 1, 0)
    with pytest.raises(FileNotFoundError):
        await house.files.get(halden.account_id, key)
    assert await house.files.get(northgate.account_id, kept) == b"a picture"
    report = sync_lake(own_settings.storage, lake, check=True)
    assert report.differences == ()
    assert lake.rows(started) == [(2,)]


async def test_an_account_that_is_taken_back_keeps_its_conversations(
    own_desk: Desk, house: House, halden: SmallDesk
) -> None:
    await closed_conversation(own_desk, house, halden, "4711")
    await rows(own_desk, "update accounts set suspended = true returning 1")
    (duty,) = [duty for duty in DUTIES if duty.name == "conversations_of_suspended_accounts"]
    assert (await duty.count(house, ago(365))).total == 1
    await rows(own_desk, "update accounts set suspended = false returning 1")
    assert await duty.clear(house, halden.account_id, ago(365)) == 0
    assert len(await rows(own_desk, "select id from conversations")) == 1


async def test_stored_hooks_go_after_thirty_days_and_parked_ones_stay(
    own_desk: Desk, house: House, halden: SmallDesk
) -> None:
    for number in range(4):
        await receive(own_desk, halden, said(f"Hello {number}"))
    hooks = [row["id"] for row in await rows(own_desk, "select id from inbound order by id")]
    async with own_desk.transaction(halden.account_id) as tx:
        await tx.execute("update inbound set done_at = %s where id <> %s", [ago(31), hooks[3]])
        await tx.execute("update inbound set done_at = null where id = %s", [hooks[2]])
        await tx.execute(
            """insert into parked_messages (account_id, consumer, source, source_id, reason, created_at)
               values (%s, 'receive', 'inbound', %s, 'unreadable', %s)""",
            [halden.account_id, hooks[1], ago(31)],
        )
    assert await do(house, "stored_hooks") == (1, 1, 0)
    left = [row["id"] for row in await rows(own_desk, "select id from inbound order by id")]
    assert left == hooks[1:]
    await rows(own_desk, "update parked_messages set resolved_at = now() returning 1")
    assert await do(house, "stored_hooks") == (1, 1, 0)


async def test_finished_jobs_go_with_their_attempts_and_open_ones_stay(
    own_desk: Desk, house: House, halden: SmallDesk
) -> None:
    async with own_desk.transaction(halden.account_id) as tx:
        for key, done_at, failed_at in (
            ("done", ago(31), None),
            ("failed", None, ago(31)),
            ("fresh", ago(1), None),
            ("open", None, None),
        ):
            job = await tx.insert(
                """insert into jobs (account_id, kind, key, payload, due_at, created_at, done_at, failed_at)
                   values (%s, 'send', %s, '{}', %s, %s, %s, %s) returning id""",
                [halden.account_id, key, ago(99), ago(99), done_at, failed_at],
            )
            await tx.execute(
                """insert into job_attempts (account_id, job_id, number, started_at)
                   values (%s, %s, 1, %s)""",
                [halden.account_id, job, ago(99)],
            )
    assert await do(house, "finished_jobs") == (2, 2, 0)
    left = await rows(own_desk, "select key from jobs order by id")
    assert [row["key"] for row in left] == ["fresh", "open"]
    assert len(await rows(own_desk, "select id from job_attempts")) == 2


async def test_an_expired_export_goes_with_its_file(
    own_desk: Desk, house: House, halden: SmallDesk
) -> None:
    key = f"{int(halden.account_id)}/exports/1.csv"
    await house.files.put_at(halden.account_id, key, b"a,b")
    async with own_desk.transaction(halden.account_id) as tx:
        for expires, file_key in ((ago(0.1), key), (NOW + timedelta(days=1), None)):
            await tx.execute(
                """insert into exports (account_id, report_type, format, start_date, end_date,
                       state, keep_days, file_key, created_at, expires_at)
                   values (%s, 'agent_performance', 'csv', %s, %s, 'done', 7, %s, %s, %s)""",
                [halden.account_id, NOW.date(), NOW.date(), file_key, ago(8), expires],
            )
    assert await do(house, "expired_exports") == (1, 1, 0)
    assert await do(house, "files_without_rows") == (1, 1, 0)
    with pytest.raises(FileNotFoundError):
        await house.files.get(halden.account_id, key)
    assert len(await facts(own_desk, "export_removed")) == 1


async def test_expired_files_of_contacts_go_and_the_picture_of_a_contact_who_goes(
    own_desk: Desk, house: House, halden: SmallDesk
) -> None:
    key = await house.files.put(halden.account_id, b"name")
    picture = await keep_avatar(house.files, halden.account_id, b"GIF89a")
    await contact(own_desk, halden, "Old", 99, avatar_path=picture)
    async with own_desk.transaction(halden.account_id) as tx:
        for expires in (ago(0.1), NOW + timedelta(days=1)):
            await tx.execute(
                """insert into contact_transfers (account_id, kind, file_key, created_at, expires_at)
                   values (%s, 'export', %s, %s, %s)""",
                [halden.account_id, key, ago(8), expires],
            )
    assert await do(house, "contacts_without_conversation") == (1, 1, 0)
    assert await do(house, "expired_contact_files") == (1, 1, 0)
    assert await do(house, "files_without_rows") == (2, 2, 0)
    with pytest.raises(FileNotFoundError):
        await house.files.get(halden.account_id, key)


async def test_what_is_kept_for_ever_is_not_touched(
    own_desk: Desk, house: House, halden: SmallDesk, own_settings: Settings
) -> None:
    await contact(own_desk, halden, "Old", 999)
    keep = structs.replace(own_settings.retention, contacts_days=0)
    own_desk.settings = structs.replace(own_settings, retention=keep)
    outcome = await done(house, "contacts_without_conversation")
    assert outcome.older_than is None
    assert "kept for ever" in outcome.line()
    assert len(await rows(own_desk, "select id from contacts")) == 1
