"""A webhook through the true relay, worker and job worker, which is killed on the way."""

import pytest

from desk.store.desk import Desk
from tests.builders.accounts import small_desk
from tests.builders.messages import receive, said
from tests.streams.live_house import LiveHouse
from tests.streams.webhook_receiver import receiving
from tests.streams.webhook_stories import MESSAGES, subscribe

pytestmark = pytest.mark.broker

RELAY, WORKER, JOBS = "streams.relay", "streams.worker", "streams.jobs.worker"
MANY = 60


async def test_every_delivery_arrives_signed_though_its_worker_is_killed(live: LiveHouse) -> None:
    desk = Desk.open(live.settings, connections=2)
    with receiving() as receiver, live.processes(RELAY, WORKER, JOBS) as (_, _, jobs):
        halden = await small_desk(desk)
        _, secret = await subscribe(desk, halden, receiver.url, *MESSAGES)
        receiver.answers = [500]
        await receive(desk, halden, *[said(str(n), sender=f"47{n}") for n in range(MANY)])
        live.until(lambda: len(receiver.delivered) > MANY // 3, seconds=90)
        jobs.kill()
        waiting = "select count(*) from webhook_deliveries where state <> 1"
        queued = "select count(*) from webhook_deliveries"
        live.until(lambda: live.value(queued) == MANY and not live.value(waiting), seconds=120)
    now = desk.clock.now().timestamp()
    assert all(one.is_standard(secret, now) for one in receiver.delivered)
    arrived = {one.headers["webhook-id"]: one.json["content"] for one in receiver.delivered}
    assert sorted(arrived.values(), key=int) == [str(n) for n in range(MANY)]
    # What was under way when the worker died came again under its id, and nothing else did.
    assert len(receiver.delivered) <= MANY + 1 + 4
    assert live.value("select max(tries) from webhook_deliveries") == 2
    await desk.close()
