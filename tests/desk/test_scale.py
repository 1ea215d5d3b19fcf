"""A seeded desk is a true one; and what screens ask of a large account touches little of it."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
import psycopg
import pytest
from rich.console import Console

from desk.access.audience import Viewer
from desk.events.catalogue import Fact
from desk.local.refusal import Refusal
from desk.local.scale.main import Seeded, seed
from desk.local.scale.sizes import AccountSize, Scale, scale_named
from desk.migrations.run import upgrade
from desk.settings import Settings
from desk.store.conversation_pages import DEFAULT_SORT, Order, _count_sql, _page_sql
from desk.store.conversation_terms import ConversationFilter, terms_of
from desk.store.conversations import _LIST, shape_list
from desk.store.desk import Desk
from desk.store.messages import NEWEST
from desk.store.prepared import Prepared, Value
from desk.store.search import read_words
from desk.store.transaction import TenantTx
from desk.words.ids import AccountId, UserId
from desk.words.people import Role

SCALE = Scale(
    "test",
    (
        AccountSize(4000, 1500, agents=12, teams=3, inboxes=4, labels=10),
        *[AccountSize(20, 10, agents=3, teams=1, inboxes=2, labels=6)] * 30,
    ),
)
"""One large account among small ones: a plan made for the average fits neither."""


@pytest.fixture(scope="module")
def apart(settings: Settings) -> Settings:
    """A database of its own: the other tests' stays as small as they think it is."""
    with psycopg.connect(settings.storage.database_url, autocommit=True) as owner:
        owner.execute("create database scale_test")
    url = urlsplit(settings.storage.database_url)._replace(path="/scale_test").geturl()
    upgrade(url)
    storage = msgspec.structs.replace(settings.storage, database_url=url)
    return msgspec.structs.replace(settings, storage=storage)


@pytest.fixture(scope="module")
def seeded(apart: Settings) -> Seeded:
    return seed(apart, SCALE, Console(quiet=True))


@pytest.fixture
def administrator(seeded: Seeded) -> Viewer:
    return Viewer(AccountId(seeded.accounts[0]), UserId(1), Role.ADMINISTRATOR, frozenset())


def test_a_seeded_desk_is_as_if_it_had_been_worked_at(apart: Settings, seeded: Seeded) -> None:
    with psycopg.connect(apart.storage.database_url) as owner:

        def none(what: str, sql: str) -> None:
            row = owner.execute(sql.encode(), {"accounts": seeded.accounts}).fetchone()
            assert row == (0,), f"{row} {what}"

        none(
            "conversations remember another thread than theirs",
            """select count(*) from conversations c, lateral (
                   select max(m.id) as last, max(m.created_at) as at,
                          max(m.id) filter (where message_type <> 2 and content_type <> 9) as said,
                          max(m.created_at) filter (where message_type = 0) as incoming,
                          min(m.created_at) filter (where message_type = 1 and not private) as reply,
                          count(*) filter (where message_type = 0
                              and m.created_at > coalesce(c.agent_last_seen_at, '-infinity')) as unseen
                   from messages m where m.account_id = c.account_id and m.conversation_id = c.id) m
               where c.account_id = any(%(accounts)s) and (
                   (c.last_message_id, c.last_chat_message_id, c.last_activity_at, c.last_incoming_at)
                   is distinct from (m.last, m.said, m.at, m.incoming)
                   or c.first_reply_created_at is distinct from m.reply
                   or (c.status = 0 and c.unread_count <> m.unseen))""",
        )
        none(
            "conversations of another contact's address",
            """select count(*) from conversations c join contact_inboxes ci
                   on ci.account_id = c.account_id and ci.id = c.contact_inbox_id
               where c.account_id = any(%(accounts)s)
                 and (ci.contact_id, ci.inbox_id) <> (c.contact_id, c.inbox_id)""",
        )
        none(
            "numbers are not counted from 1",
            """select count(*) from (select account_id, max(display_id) as last, count(*) as n
                   from conversations where account_id = any(%(accounts)s) group by 1) c
               join conversation_numbers n using (account_id)
               where c.last <> n.last_display_id or c.n <> c.last""",
        )
        none(
            "messages without their fact",
            """select (select count(*) from messages where account_id = any(%(accounts)s))
                    - (select count(*) from events where account_id = any(%(accounts)s)
                       and name = 'message_created')""",
        )
        none(
            "facts are still to be published",
            """select count(*) from events where account_id = any(%(accounts)s)
               and (not quiet or done_at is null or at > now())""",
        )
        none(
            "tallies differ from the rows",
            """select (select coalesce(sum(n), 0) from conversation_tallies
                       where account_id = any(%(accounts)s) and label_id is null)
                    - (select count(*) from conversations where account_id = any(%(accounts)s))""",
        )
        facts = owner.execute(
            "select distinct on (name) name, fact from events where account_id = %s",
            [seeded.accounts[0]],
        ).fetchall()
    assert {"conversation_created", "rating_given", "working_hours_changed"} <= {
        n for n, _ in facts
    }
    kind: Any = Fact
    for _, fact in facts:
        msgspec.convert(fact, kind)
    with pytest.raises(Refusal, match="holds the scale test already"):
        seed(apart, SCALE, Console(quiet=True))
    with pytest.raises(Refusal, match="There is no scale huge"):
        scale_named("huge")


def test_the_command_names_the_scales_there_are(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "desk.cli", "seed", "--scale", "huge", "--home", str(tmp_path)]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == "There is no scale huge. There are: one, one-small, tenants."
    assert not any(tmp_path.iterdir())


async def _touched(tx: TenantTx, sql: str, parameters: Any = None) -> int:
    """How many pages a statement reads; never a whole large table."""
    rows = await tx.tuples(
        f"explain (analyze, buffers, timing off) {sql}", parameters, prepare=False
    )
    plan = "\n".join(row[0] for row in rows)
    assert not re.search(r"Seq Scan on (conversations|messages|contacts|contact_inboxes) ", plan), (
        plan
    )
    first = plan[: plan.index("Planning")] if "Planning" in plan else plan
    found = re.search(r"Buffers: shared(?: hit=(\d+))?(?: read=(\d+))?", first)
    assert found is not None, plan
    return sum(int(group or 0) for group in found.groups())


async def _generic(tx: TenantTx, statement: Prepared, *values: Value) -> int:
    await tx.connection.execute(statement.learn(), prepare=False)
    await tx.connection.execute(b"set plan_cache_mode = force_generic_plan")
    try:
        return await _touched(tx, statement.run(values).decode())
    finally:
        await tx.connection.execute(b"reset plan_cache_mode")
        await tx.connection.execute(f"deallocate {statement.name}".encode())


async def test_what_screens_ask_touches_little_of_a_large_account(
    apart: Settings, administrator: Viewer
) -> None:
    account = administrator.account_id
    desk = Desk.open(apart, connections=1)
    async with desk.reading(account) as tx:
        inboxes = [row[0] for row in await tx.tuples("select id from inboxes order by id")]
        agent = Viewer(account, UserId(1), Role.AGENT, frozenset(inboxes[:1]))
        stranger = Viewer(account, UserId(1), Role.AGENT, frozenset())

        async def page(viewer: Viewer, wanted: ConversationFilter, order: Order) -> int:
            terms = await terms_of(tx, viewer, wanted)
            sql, parameters = _page_sql(viewer, terms, order)
            counted = await _touched(tx, f"select {_count_sql(viewer, terms)}", parameters)
            return counted + await _touched(tx, sql, parameters)

        everything = ConversationFilter(status=None)
        assert await page(administrator, ConversationFilter(), Order()) < 100
        unassigned = ConversationFilter(status=1, assignee="unassigned")
        assert await page(administrator, unassigned, Order()) < 100
        assert await page(administrator, everything, Order()) < 200
        assert await page(administrator, everything, Order(offset=2000)) < 400
        assert await page(administrator, everything, Order("created_at_desc")) < 200
        assert await page(administrator, ConversationFilter(inbox_id=inboxes[2]), Order()) < 150
        for viewer in (agent, stranger):
            assert await page(viewer, everything, Order(DEFAULT_SORT)) < 300

        ids = [row[0] for row in await tx.tuples("select id from conversations limit 25")]
        assert await _generic(tx, _LIST, account, ids, tx.now) < 1500
        assert await _generic(tx, NEWEST, account, 17, 2**62, 0, 20) < 400
        assert (await shape_list(tx, ids)).count(b'"can_reply"') == 25

        search = "select * from find_messages(%s, %s, null, %s, %s, 15)"
        for words in ("you", "refund", "zyxwquark", "refund parcel"):
            loose = read_words(words).loose
            for who in (None, [inboxes[0]]):
                touched = await _touched(tx, search, [account, loose, who, 1])
                assert touched < 4000, (words, who, touched)
        assert await _touched(tx, "select * from search_contacts(%s, 'son', 15)", [account]) < 2000
    await desk.close()
