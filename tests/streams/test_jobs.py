"""The desk's other promises: files that are kept, snoozes that end, nothing forgotten."""

import asyncio
from datetime import timedelta

import pytest
import structlog

from desk.clock import FixedClock
from desk.store.desk import Desk
from desk.store.jobs import Job, finish_job, queue_job
from desk.words.conversation import ConversationStatus
from streams.jobs import keeping
from streams.jobs.catalogue import KINDS
from streams.jobs.keeping import claim, keep
from streams.jobs.outcome import Again, Done, Failed, Outcome
from streams.jobs.workshop import Workshop
from tests.builders.accounts import SmallDesk
from tests.streams.arrivals import rows
from tests.streams.promises import due, photo, reply, run, snooze
from tests.streams.provider import Provider, refused


async def test_a_customers_file_is_fetched_and_kept(
    desk: Desk, halden: SmallDesk, work: Workshop, provider: Provider
) -> None:
    provider.files["photo1.bin"] = b"\xff\xd8jpeg"
    await photo(desk, halden)
    assert await run(desk, halden, work) == [Done()]
    (file,) = await rows(desk, halden, "attachments")
    assert await work.files.get(halden.account_id, file["file_key"]) == b"\xff\xd8jpeg"
    assert (file["size"], file["mime_type"]) == (6, "image/jpeg")
    assert (await rows(desk, halden, "events"))[-1]["name"] == "message_edited"


async def test_a_file_fetched_twice_is_kept_once(
    desk: Desk, halden: SmallDesk, work: Workshop, provider: Provider, clock: FixedClock
) -> None:
    provider.files["photo1.bin"] = b"\xff\xd8jpeg"
    await photo(desk, halden)
    (job,) = await due(desk, halden)
    await keep(job, KINDS, work)
    (before,) = await rows(desk, halden, "attachments")
    assert await keep(job, KINDS, work) == Done("the file is here")
    assert await rows(desk, halden, "attachments") == [before]


async def test_a_file_the_provider_has_lost_says_so(
    desk: Desk, halden: SmallDesk, work: Workshop, provider: Provider
) -> None:
    provider.answers = [refused(100, "Unsupported get request", 400)]
    await photo(desk, halden)
    (outcome,) = await run(desk, halden, work)
    assert isinstance(outcome, Failed)
    (file,) = await rows(desk, halden, "attachments")
    assert "Unsupported" in file["meta"]["error"]


async def test_a_snooze_ends_when_it_was_told_to(
    desk: Desk, asked: SmallDesk, work: Workshop, clock: FixedClock
) -> None:
    await snooze(desk, asked, timedelta(hours=1))
    assert await run(desk, asked, work) == []
    clock.set(clock.now() + timedelta(hours=1))
    assert await run(desk, asked, work) == [Done()]
    (conversation,) = await rows(desk, asked, "conversations")
    assert conversation["status"] == ConversationStatus.OPEN
    fact = [e for e in await rows(desk, asked, "events") if e["name"].endswith("status_changed")]
    assert fact[-1]["fact"]["reason"] == "snooze_ended"


async def test_a_snooze_prolonged_ends_later(
    desk: Desk, asked: SmallDesk, work: Workshop, clock: FixedClock
) -> None:
    await snooze(desk, asked, timedelta(hours=1))
    await snooze(desk, asked, timedelta(hours=2))
    clock.set(clock.now() + timedelta(hours=1))
    assert await run(desk, asked, work) == []
    clock.set(clock.now() + timedelta(hours=1))
    assert await run(desk, asked, work) == [Done()]


async def test_a_job_queued_anew_while_it_ran_stays_due(
    desk: Desk, asked: SmallDesk, clock: FixedClock
) -> None:
    async with desk.transaction(asked.account_id) as tx:
        await queue_job(tx, "something", "1", {})
    (job,) = await due(desk, asked)
    async with desk.transaction(asked.account_id) as tx:
        await queue_job(tx, "something", "1", {})
    async with desk.transaction(asked.account_id) as tx:
        await finish_job(tx, job, outcome="done")
    assert [again.kind for again in await due(desk, asked)] == ["something"]


async def test_a_kind_nobody_knows_fails_visibly(
    desk: Desk, asked: SmallDesk, work: Workshop
) -> None:
    async with desk.transaction(asked.account_id) as tx:
        await queue_job(tx, "fly_to_the_moon", "1", {})
    (outcome,) = await run(desk, asked, work)
    assert isinstance(outcome, Failed)


async def test_a_job_with_a_bug_is_tried_as_often_as_it_may_and_then_fails(
    desk: Desk, asked: SmallDesk, work: Workshop, clock: FixedClock
) -> None:
    async def broken(job: Job, work: Workshop) -> Outcome:
        raise AttributeError("a bug")

    async with desk.transaction(asked.account_id) as tx:
        await queue_job(tx, "broken", "1", {}, max_attempts=2)
    outcomes = []
    for _ in range(3):
        outcomes += [
            type(await keep(job, {"broken": broken}, work)) for job in await due(desk, asked)
        ]
        clock.set(clock.now() + timedelta(minutes=1))
    assert outcomes == [Again, Failed]


async def test_a_job_that_takes_long_is_spoken_of_while_it_runs(
    desk: Desk, asked: SmallDesk, work: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(job: Job, work: Workshop) -> Outcome:
        await asyncio.sleep(0.05)
        return Done()

    monkeypatch.setattr(keeping, "SLOW_SECONDS", 0.01)
    async with desk.transaction(asked.account_id) as tx:
        await queue_job(tx, "slow", "1", {})
    (job,) = await due(desk, asked)
    with structlog.testing.capture_logs() as said_aloud:
        await keep(job, {"slow": slow}, work)
    assert [line["event"] for line in said_aloud] == ["slow_job"]


async def test_replies_go_before_files(desk: Desk, halden: SmallDesk) -> None:
    await photo(desk, halden)
    await reply(desk, halden)
    assert [job.kind for job in await due(desk, halden)] == ["send_message", "fetch_attachment"]


async def test_the_last_slots_are_for_replies_alone(desk: Desk, halden: SmallDesk) -> None:
    await photo(desk, halden)
    await due(desk, halden)
    async with desk.transaction(halden.account_id) as tx:
        await tx.execute("update jobs set locked_until = null")
    assert await claim(desk, limit=5, lowest_priority=0) == []
