"""The counts beside conversations: exact after whatever happened to the rows, and who may see them."""

import asyncio
import random
from contextlib import suppress
from typing import Any

import psycopg
import pytest

from desk.access.audience import Viewer
from desk.actions.send_reply import send_reply
from desk.settings import Settings
from desk.store.conversation_pages import Order, counts, page_and_counts
from desk.store.conversation_terms import ConversationFilter
from desk.store.conversations import conversation_to_answer
from desk.store.desk import Desk
from desk.store.folders import folder_counts
from desk.store.transaction import TenantTx
from desk.words.errors import NotFound
from desk.words.ids import DisplayId, UserId
from desk.words.people import Role
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.messages import receive, said

_TRUTH = """
select status, inbox_id, assignee_id, team_id, label_id, count(*)
from (select c.*, unnest(array_prepend(null, label_ids)) as label_id from conversations c) c
group by 1, 2, 3, 4, 5"""

_TOLD = """
select status, inbox_id, assignee_id, team_id, label_id, sum(n)
from conversation_tallies group by 1, 2, 3, 4, 5 having sum(n) <> 0"""


async def _label(tx: TenantTx, title: str) -> int:
    row = await tx.one(
        "insert into labels (account_id, title, created_at) values (%s, %s, now()) returning id",
        [tx.account_id, title],
    )
    return int(row["id"])


async def _same(tx: TenantTx) -> None:
    truth = {row[:-1]: row[-1] for row in await tx.tuples(_TRUTH)}
    told = {row[:-1]: row[-1] for row in await tx.tuples(_TOLD)}
    assert told == truth


async def test_tallies_stay_exact_while_several_writers_change_everything(
    desk: Desk, halden: SmallDesk
) -> None:
    await receive(desk, halden, *[said("Hi", sender=f"4790{n:05}") for n in range(60)])
    async with desk.transaction(halden.account_id) as tx:
        labels = [await _label(tx, title) for title in ("one-vip", "one-late", "one-lost")]
        ids = [row[0] for row in await tx.tuples("select id from conversations order by id")]
    draw = random.Random(7)

    async def change(some: list[int], times: int) -> None:
        for turn in range(times):
            async with desk.transaction(halden.account_id) as tx:
                await tx.execute(
                    """update conversations set status = %s, assignee_id = %s, label_ids = %s
                       where id = any(%s)""",
                    [
                        draw.choice([0, 0, 1, 2, 3]),
                        draw.choice([None, halden.agent, halden.outsider]),
                        draw.sample(labels, draw.randint(0, 3)),
                        draw.sample(some, 5),
                    ],
                )
                if turn == times // 2:
                    await tx.execute("select fold_tallies(%s)", [halden.account_id])

    await asyncio.gather(change(ids[:20], 12), change(ids[20:40], 12), change(ids[40:], 12))
    with suppress(ZeroDivisionError):
        async with desk.transaction(halden.account_id) as tx:
            await tx.execute("update conversations set status = 1")
            raise ZeroDivisionError
    await receive(desk, halden, *[said("New", sender=f"4791{n:05}") for n in range(5)])
    async with desk.transaction(halden.account_id) as tx:
        await _same(tx)
        await tx.execute("select fold_tallies(%s)", [halden.account_id])
        await _same(tx)
        left = await tx.one("select count(*) as n from conversation_tallies where not folded")
        assert left["n"] == 0

    wanted = [
        ConversationFilter(status=status, inbox_id=inbox, label_ids=label, assignee=assignee)
        for status in (0, 1, None)
        for inbox in (None, halden.inbox)
        for label in ((), (labels[0],), tuple(labels[:2]), (0,))
        for assignee in ("all", "me", "unassigned", "assigned")
    ]
    viewers = [
        Viewer(halden.account_id, UserId(halden.administrator), Role.ADMINISTRATOR, frozenset()),
        Viewer(halden.account_id, UserId(halden.agent), Role.AGENT, frozenset({halden.inbox})),
        Viewer(halden.account_id, UserId(halden.outsider), Role.AGENT, frozenset()),
    ]
    async with desk.reading(halden.account_id) as tx:
        rows = await tx.all(
            "select id, status, inbox_id, assignee_id, label_ids from conversations "
            "order by last_activity_at desc, id desc"
        )
        for viewer in viewers:
            for one in wanted:
                seen = [row for row in rows if _is_wanted(row, viewer, one)]
                page, totals = await page_and_counts(tx, viewer, one, Order(offset=3, limit=7))
                shown = [row["id"] for row in seen if _has(row, viewer, one.assignee)]
                assert page.ids == shown[3:10]
                assert totals == await counts(tx, viewer, one)
                assert totals.all_count == len(seen)
                assert totals.mine_count == sum(_has(row, viewer, "me") for row in seen)
                assert totals.unassigned_count == sum(
                    _has(row, viewer, "unassigned") for row in seen
                )
            folders = await folder_counts(tx, viewer)
            opened = [row for row in rows if _is_wanted(row, viewer, ConversationFilter())]
            assert folders["all"] == len(opened)
            assert folders["labels"].get("one-vip", 0) == sum(
                labels[0] in row["label_ids"] for row in opened
            )


def _is_wanted(row: dict[str, Any], viewer: Viewer, wanted: ConversationFilter) -> bool:
    seen = viewer.sees_all or row["inbox_id"] in viewer.inbox_ids or _has(row, viewer, "me")
    return (
        seen
        and wanted.status in (None, row["status"])
        and wanted.inbox_id in (None, row["inbox_id"])
        and (not wanted.label_ids or bool(set(wanted.label_ids) & set(row["label_ids"])))
    )


def _has(row: dict[str, Any], viewer: Viewer, assignee: str) -> bool:
    found: dict[str, bool] = {
        "all": True,
        "me": row["assignee_id"] == viewer.user_id,
        "assigned": row["assignee_id"] is not None,
        "unassigned": row["assignee_id"] is None,
    }
    return found[assignee]


async def test_a_reading_connection_shows_one_account_at_a_time_and_writes_nothing(
    desk: Desk, settings: Settings, halden: SmallDesk
) -> None:
    northgate = await small_desk(desk, name="Northgate")
    await receive(desk, halden, said("Hi"))
    await receive(desk, northgate, said("Hi"), said("Ho", sender="4790"))

    async def look(at: SmallDesk) -> None:
        async with desk.reading(at.account_id) as tx:
            rows = await tx.tuples("select distinct account_id from conversations")
            assert rows == [(at.account_id,)]

    await asyncio.gather(*[look(at) for _ in range(100) for at in (halden, northgate)])
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        async with desk.reading(halden.account_id) as tx:
            await tx.execute("delete from conversations")

    # Whoever is cut off in the middle of a statement leaves its connection to nobody.
    async def give_up() -> None:
        async with desk.reading(halden.account_id) as tx:
            await tx.tuples("select pg_sleep(30)")

    for _ in range(6):
        task = asyncio.create_task(give_up())
        await asyncio.sleep(0.02)
        task.cancel()
    await asyncio.gather(*[look(at) for _ in range(10) for at in (halden, northgate)])

    # And a server that was started anew is no reason to fail.
    with psycopg.connect(settings.storage.database_url) as owner:
        owner.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where application_name = 'streamdesk app reading'"
        )
    await asyncio.sleep(0.1)
    await asyncio.gather(*[look(at) for _ in range(10) for at in (halden, northgate)])


async def test_a_transaction_that_failed_leaves_nothing_behind_and_its_connection_in_order(
    settings: Settings, desk: Desk, halden: SmallDesk
) -> None:
    await receive(desk, halden, said("Hi"))
    maya = Viewer(halden.account_id, UserId(halden.administrator), Role.ADMINISTRATOR, frozenset())
    alone = Desk.open(settings, connections=1)

    async def note(*, fails: bool) -> None:
        async with alone.plain_transaction(halden.account_id) as tx:
            conversation = await conversation_to_answer(tx, DisplayId(1), maya)
            await send_reply(tx, conversation, "A note", by=maya.user_id, private=True)
            if fails:
                await tx.execute("select 1 / 0")

    for _ in range(8):
        with pytest.raises(psycopg.errors.DivisionByZero):
            await note(fails=True)
        await note(fails=False)
    with suppress(NotFound):
        async with alone.plain_transaction(halden.account_id) as tx:
            await conversation_to_answer(tx, DisplayId(99), maya)
    async with alone.plain_transaction(halden.account_id):
        pass
    async with alone.reading(halden.account_id) as tx:
        written = await tx.tuples("select count(*) from messages where private")
        told = await tx.tuples(
            "select count(*) from events where name = 'message_created' and actor_kind = 'user'"
        )
        last = await tx.tuples(
            "select c.last_message_id = max(m.id) from conversations c join messages m "
            "on m.conversation_id = c.id group by c.last_message_id"
        )
    assert (written, told, last) == ([(8,)], [(8,)], [(True,)])
    await alone.close()
