"""kill -9 of every process while real customers write: all of it is there, once and in order."""

import asyncio
import os
from functools import partial
from pathlib import Path

import pytest

from tests.journeys.product import Product, desk_up, wait_until
from tests.journeys.talks import DATA, WITHOUT_DATA, read_talks
from tests.journeys.turns import differences, send_talks, settle

WHOLE = os.environ.get("STREAMDESK_ALL_TURNS") == "1"
"""Set it to send all 81,395 turns, as `docs/reference/benchmarks.md` reports them."""

VICTIMS = (
    ("worker", "relay", "mail", "inbox_service", "broker", "postgres", "valkey", "jobs")
    if not WHOLE
    else (
        *("worker", "relay", "jobs", "mail", "inbox_service", "broker", "postgres", "valkey"),
        *("dagster_code", "dagster_daemon", "dagster_webserver", "dashboards", "simulators"),
    )
)


def _is_back(product: Product, name: str, before: int) -> bool:
    return product.pid(name) != before


async def _kill_in_turn(product: Product) -> list[str]:
    killed = []
    for name in VICTIMS:
        await asyncio.sleep(1.5)
        before = await asyncio.to_thread(product.kill, name)
        killed.append(name)
        await asyncio.to_thread(
            wait_until,
            f"{name} is back",
            partial(_is_back, product, name, before),
            60,
        )
    return killed


@pytest.mark.slow
@pytest.mark.broker
@pytest.mark.timeout(3600 if WHOLE else 300)
@pytest.mark.skipif(not DATA.exists(), reason=WITHOUT_DATA)
async def test_every_turn_is_stored_once_and_in_order_whatever_is_killed(tmp_path: Path) -> None:
    talks = read_talks()
    with desk_up(tmp_path / "home", "--demo", "--demo-rate", "0", "--demo-days", "0") as product:
        enough = asyncio.Event()
        sending = asyncio.create_task(
            send_talks(
                product,
                talks,
                at_once=8,
                pause=0 if WHOLE else 0.02,
                enough=None if WHOLE else enough,
            )
        )
        killed = await _kill_in_turn(product)
        assert not sending.done(), f"over before the last process was killed: {sending}"
        enough.set()
        assert killed == list(VICTIMS)
        sent = await sending
        assert {talk.kind for talk in sent.talks} == {
            *("whatsapp", "email", "custom", "api", "website")
        }
        turns = sum(len(talk.texts) for talk in sent.talks)
        assert sent.accepted >= turns
        await asyncio.to_thread(settle, product)
        assert await asyncio.to_thread(differences, product, sent.talks) == []
        unread = product.rows(
            """select sum(c.unread_count) as unread from conversations c
               where exists (select from messages m
                             where m.account_id = c.account_id and m.conversation_id = c.id
                               and m.source_id ~ 'wamid[.]4479[0-9]{8}[.]')"""
        )
        assert unread[0]["unread"] == turns
