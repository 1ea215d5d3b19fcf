"""The true relay and the true worker on a true broker: everything accepted is there once."""

import time
from functools import partial

import pytest

from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.store.jobs import queue_job
from streams.app import BUG_EXIT_CODE
from tests.builders.messages import receive, said
from tests.streams.customers import Customers, customers_of
from tests.streams.live_house import LiveHouse

pytestmark = pytest.mark.broker

RELAY, WORKER, JOBS = "streams.relay", "streams.worker", "streams.jobs.worker"


@pytest.fixture
async def customers(live: LiveHouse) -> Customers:
    return await customers_of(live)


async def test_every_accepted_hook_is_stored_once_poison_is_parked_and_a_stop_is_quick(
    live: LiveHouse, customers: Customers
) -> None:
    with live.processes(RELAY, WORKER) as (relay, worker):
        customers.write(400, again=40, poison=[b"\xff\xfe", b"not json", b"{}x"])
        live.until(live.all_done, seconds=40)
        customers.write(5)
        live.until(live.all_done, seconds=10)
        customers.check(poison=3)
        assert live.value("select count(*) from broker_epochs") == 1
        for _ in range(5):
            customers.write(50)
            _let_pass(live, 0.1)
        assert worker.stop() < 10
        assert relay.stop() < 10


async def test_a_killed_worker_relay_and_an_emptied_broker_lose_nothing(
    live: LiveHouse, customers: Customers
) -> None:
    with live.processes(RELAY, WORKER) as (relay, worker):
        customers.write(100)
        live.until(live.all_done, seconds=40)
        for disaster in (relay.kill, live.restart_broker_empty, worker.kill):
            for _ in range(6):
                customers.write(40, again=4)
                _let_pass(live, 0.1)
            disaster()
            if disaster == live.restart_broker_empty:
                # The group of the broker that is gone must be left, whatever else happens.
                live.until(lambda: worker.exit_codes == [0], seconds=20)
        customers.write(40, again=4)
        live.until(live.all_done, seconds=60)
        epochs = live.value("select count(*) from broker_epochs")
    assert worker.exit_codes == [0, -9]
    customers.check()
    assert epochs >= 2
    assert len(relay.exit_codes) == 1


async def test_a_worker_with_a_bug_leaves_before_it_acknowledges(
    live: LiveHouse, customers: Customers
) -> None:
    with live.processes(RELAY):
        customers.write(300)
        with live.processes("tests.streams.broken_worker", supervised=False) as (broken,):
            assert broken.ended(seconds=30) == BUG_EXIT_CODE
        assert "nobody foresaw these" in live.log_of("tests.streams.broken_worker")
        with live.processes(WORKER):
            live.until(live.all_done, seconds=40)
    customers.check()


async def test_a_second_relay_stands_by_and_takes_over(
    live: LiveHouse, customers: Customers
) -> None:
    before = live.log_of(RELAY).count('"relaying"')
    with live.processes(RELAY, supervised=False) as (first,):
        customers.write(10)
        live.until(lambda: _published(live), seconds=60)
        with live.processes(RELAY, supervised=False):
            _let_pass(live, 1.5)
            assert live.log_of(RELAY).count('"relaying"') == before + 1
            first.kill()
            customers.write(10)
            live.until(lambda: _published(live), seconds=60)
    assert live.log_of(RELAY).count('"relaying"') == before + 2


async def test_screens_are_fed_while_there_is_no_broker(
    live: LiveHouse, customers: Customers
) -> None:
    live.broker.kill()
    waiting = live.value("select count(*) from inbound where epoch is null")
    customers.write(1)
    try:
        with live.processes(RELAY) as (relay,):
            live.until(
                lambda: (
                    not live.value(
                        "select exists(select from events where position is null and not quiet)"
                    )
                ),
                seconds=60,
            )
            assert live.value("select count(*) from inbound where epoch is null") == waiting + 1
            assert relay.exit_codes == []
    finally:
        live.restart_broker_empty()


async def test_without_a_broker_relay_and_worker_wait_and_say_so(
    live: LiveHouse, customers: Customers
) -> None:
    live.broker.kill()
    for module in (RELAY, WORKER):
        live.forget_log_of(module)
    customers.write(5)
    with live.processes(RELAY, WORKER) as (relay, worker):
        for module in (RELAY, WORKER):
            live.until(partial(_says, live, module, "broker_unreachable"), seconds=60)
            assert live.settings.storage.kafka_url in live.log_of(module)
        live.broker.start()
        live.until(live.all_done, seconds=60)
        assert (relay.exit_codes, worker.exit_codes) in (([], []), ([], [0]))
    customers.check()
    for module in (RELAY, WORKER):
        assert live.log_of(module).count('"broker_unreachable"') < 5
        assert _says(live, module, "broker_reached")


async def test_the_job_worker_is_woken_and_a_killed_one_is_replaced(
    live: LiveHouse, customers: Customers
) -> None:
    at = customers.at
    desk = Desk.open(live.settings, connections=2)
    await receive(desk, at, said("Hello"))
    async with desk.transaction(at.account_id) as tx:
        row = await tx.one("select id from conversations")
    with live.processes(JOBS) as (jobs,):
        for kill in (False, True):
            async with desk.transaction(at.account_id) as tx:
                conversation = await lock_conversation(tx, row["id"])
                conversation.status, conversation.snoozed_until = 3, tx.now
                await queue_job(
                    tx, "wake_conversation", str(row["id"]), {"conversation_id": row["id"]}
                )
            live.until(
                lambda: (
                    live.value("select status from conversations where id = %s", [row["id"]]) == 0
                ),
                seconds=20,
            )
            if not kill:
                jobs.kill()
    await desk.close()


def _let_pass(live: LiveHouse, seconds: float) -> None:
    end = time.monotonic() + seconds
    live.until(lambda: time.monotonic() > end, seconds=seconds + 5)


def _says(live: LiveHouse, module: str, event: str) -> bool:
    return f'"{event}"' in live.log_of(module)


def _published(live: LiveHouse) -> bool:
    # What a worker had done before the relay could note that it had sent it waits for nobody.
    return not live.value(
        "select exists(select from inbound where epoch is null and done_at is null)"
    )
