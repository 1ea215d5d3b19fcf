"""The desk's promises: sends that happen once, files that are kept, snoozes that end."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
import structlog

from desk.actions.apply_receipts import ReceiptArrival, apply_receipts
from desk.actions.change_status import change_status
from desk.actions.record_send import retry_message
from desk.actions.send_reply import send_reply
from desk.actions.write_message import StoredFile
from desk.clock import FixedClock
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.store.jobs import LOWEST_PRIORITY, Job, finish_job, queue_job
from desk.words.actor import Actor
from desk.words.channels import DeliveryReceipt, InboundFile
from desk.words.conversation import ConversationStatus, DeliveryStatus, FileType
from desk.words.ids import ConversationId, MessageId
from streams.jobs import keeping
from streams.jobs.catalogue import KINDS
from streams.jobs.keeping import HOLD, claim, hold, keep
from streams.jobs.outcome import Again, Done, Failed, Outcome
from streams.jobs.workshop import Workshop
from tests.builders.accounts import SmallDesk
from tests.builders.messages import AMARA, receive, said
from tests.streams.arrivals import rows
from tests.streams.provider import Provider, refused


async def due(desk: Desk, at: SmallDesk) -> list[Job]:
    """The account's due jobs, claimed; other tests' leftovers stay where they are."""
    async with desk.transaction_across_accounts(reason="a test puts others aside") as tx:
        await tx.execute(
            "update jobs set due_at = 'infinity' where account_id <> %s", [at.account_id]
        )
    return await claim(desk, limit=50, lowest_priority=LOWEST_PRIORITY, per_account=50)


async def run(desk: Desk, at: SmallDesk, work: Workshop) -> list[Outcome]:
    return [await keep(job, KINDS, work) for job in await due(desk, at)]


async def reply(desk: Desk, at: SmallDesk, text: str | None = "Hi", **more: Any) -> MessageId:
    """An agent answers in the account's newest conversation."""
    conversation_id = ConversationId((await rows(desk, at, "conversations"))[-1]["id"])
    async with desk.transaction(at.account_id) as tx:
        conversation = await lock_conversation(tx, conversation_id)
        return await send_reply(tx, conversation, text, by=at.agent, **more)


async def message(desk: Desk, at: SmallDesk, message_id: MessageId) -> dict[str, Any]:
    (row,) = [row for row in await rows(desk, at, "messages") if row["id"] == message_id]
    return row


@pytest.fixture
async def asked(desk: Desk, halden: SmallDesk) -> SmallDesk:
    """An account to whom a customer wrote."""
    await receive(desk, halden, said("Where is my bag?"))
    return halden


async def test_a_reply_is_sent_once_and_keeps_the_providers_id(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider
) -> None:
    message_id = await reply(desk, asked)
    assert await run(desk, asked, work) == [Done()]
    assert await run(desk, asked, work) == []
    assert provider.texts == ["Hi"]
    assert provider.messages[0]["to"] == AMARA
    assert str(message_id) in provider.messages[0]["biz_opaque_callback_data"]
    assert (await message(desk, asked, message_id))["source_id"] == "wamid.out1"


async def test_a_note_is_never_sent(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider
) -> None:
    await reply(desk, asked, private=True)
    assert await run(desk, asked, work) == []
    assert provider.requests == []


async def test_a_refusal_fails_the_message_at_once_with_the_reason(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider
) -> None:
    provider.answers = [refused(131047, "Re-engagement message")]
    message_id = await reply(desk, asked)
    (outcome,) = await run(desk, asked, work)
    assert isinstance(outcome, Failed)
    row = await message(desk, asked, message_id)
    assert row["status"] == DeliveryStatus.FAILED
    assert "Re-engagement" in row["content_attributes"]["external_error"]
    (job,) = await rows(desk, asked, "jobs")
    assert job["failed_at"] is not None


async def test_a_failed_message_can_be_sent_again_by_hand(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider
) -> None:
    provider.answers = [refused(131047, "Re-engagement message")]
    message_id = await reply(desk, asked)
    await run(desk, asked, work)
    row = await message(desk, asked, message_id)
    async with desk.transaction(asked.account_id) as tx:
        await retry_message(
            tx, ConversationId(row["conversation_id"]), message_id, by=Actor.user(asked.agent)
        )
    assert await run(desk, asked, work) == [Done()]
    row = await message(desk, asked, message_id)
    assert (row["status"], row["source_id"]) == (DeliveryStatus.SENT, "wamid.out2")


async def test_a_provider_that_is_busy_is_tried_three_times_with_growing_pauses(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider, clock: FixedClock
) -> None:
    provider.answers = [httpx.ConnectError("down")] * 3
    message_id = await reply(desk, asked)
    for pause in (2, 10):
        (outcome,) = await run(desk, asked, work)
        assert isinstance(outcome, Again)
        assert outcome.after == timedelta(seconds=pause)
        assert await run(desk, asked, work) == []
        clock.set(clock.now() + timedelta(seconds=pause))
    (outcome,) = await run(desk, asked, work)
    assert isinstance(outcome, Failed)
    row = await message(desk, asked, message_id)
    assert row["status"] == DeliveryStatus.FAILED
    assert "cannot be reached" in row["content_attributes"]["external_error"]
    attempts = await rows(desk, asked, "job_attempts")
    assert [attempt["outcome"] for attempt in attempts] == ["again", "again", "failed"]
    assert len(provider.requests) == 3


async def test_a_busy_provider_that_recovers_gets_the_message_once(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider, clock: FixedClock
) -> None:
    provider.answers = [refused(131000, "Something went wrong", 500)]
    message_id = await reply(desk, asked)
    await run(desk, asked, work)
    clock.set(clock.now() + timedelta(seconds=2))
    assert await run(desk, asked, work) == [Done()]
    assert (await message(desk, asked, message_id))["source_id"] == "wamid.out2"


async def test_an_unknown_outcome_is_not_sent_again_when_the_echo_comes(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider, clock: FixedClock
) -> None:
    provider.answers = [httpx.ReadTimeout("no answer")]
    message_id = await reply(desk, asked)
    (outcome,) = await run(desk, asked, work)
    assert isinstance(outcome, Again)
    await echo(desk, asked, message_id, "wamid.echoed")
    clock.set(clock.now() + timedelta(seconds=45))
    assert await run(desk, asked, work) == [Done("the provider has it")]
    assert len(provider.requests) == 1
    assert (await message(desk, asked, message_id))["source_id"] == "wamid.echoed"


async def test_an_unknown_outcome_without_an_echo_is_tried_again_after_the_wait(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider, clock: FixedClock
) -> None:
    provider.answers = [httpx.ReadTimeout("no answer")]
    await reply(desk, asked)
    await run(desk, asked, work)
    clock.set(clock.now() + timedelta(seconds=44))
    assert await run(desk, asked, work) == []
    clock.set(clock.now() + timedelta(seconds=1))
    assert await run(desk, asked, work) == [Done()]
    assert provider.texts == ["Hi", "Hi"]


async def test_three_unknown_outcomes_fail_the_message(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider, clock: FixedClock
) -> None:
    provider.answers = [httpx.ReadTimeout("no answer")] * 3
    message_id = await reply(desk, asked)
    for _ in range(4):
        await run(desk, asked, work)
        clock.set(clock.now() + timedelta(seconds=45))
    row = await message(desk, asked, message_id)
    assert row["status"] == DeliveryStatus.FAILED
    assert len(provider.requests) == 3


async def test_a_worker_that_died_while_sending_leaves_an_unknown_outcome(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider, clock: FixedClock
) -> None:
    message_id = await reply(desk, asked)
    (taken,) = await due(desk, asked)
    assert not taken.earlier_unfinished
    assert await run(desk, asked, work) == []
    clock.set(clock.now() + HOLD + timedelta(seconds=1))
    (outcome,) = await run(desk, asked, work)
    assert isinstance(outcome, Again)
    assert provider.requests == []
    await echo(desk, asked, message_id, "wamid.echoed")
    clock.set(clock.now() + timedelta(seconds=45))
    assert await run(desk, asked, work) == [Done("the provider has it")]
    attempts = await rows(desk, asked, "job_attempts")
    assert [attempt["outcome"] for attempt in attempts] == ["lost", "again", "done"]


async def test_a_worker_that_says_it_is_alive_keeps_its_job(
    desk: Desk, asked: SmallDesk, work: Workshop, clock: FixedClock
) -> None:
    await reply(desk, asked)
    (taken,) = await due(desk, asked)
    for _ in range(5):
        clock.set(clock.now() + timedelta(seconds=10))
        await hold(desk, [taken])
        assert await due(desk, asked) == []
    assert await keep(taken, KINDS, work) == Done()


async def test_replies_of_a_conversation_go_out_in_their_order(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider, clock: FixedClock
) -> None:
    provider.answers = [httpx.ConnectError("down")]
    for text in ("one", "two"):
        await reply(desk, asked, text)
    first, second = await run(desk, asked, work)
    assert isinstance(first, Again)
    assert isinstance(second, Again)
    assert "earlier message" in second.reason
    for _ in range(3):
        clock.set(clock.now() + timedelta(seconds=2))
        await run(desk, asked, work)
    assert provider.texts == ["one", "one", "two"]


async def test_a_reply_deleted_before_it_was_sent_stays_here(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider
) -> None:
    message_id = await reply(desk, asked)
    async with desk.transaction(asked.account_id) as tx:
        await tx.execute(
            """update messages set content_attributes = '{"deleted": true}' where id = %s""",
            [message_id],
        )
    assert await run(desk, asked, work) == [Done("it was deleted before it was sent")]
    assert provider.requests == []


async def test_a_replys_file_is_uploaded_and_sent_with_its_text(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider
) -> None:
    key = await work.files.put(asked.account_id, b"%PDF-1.7 label")
    label = StoredFile(key, FileType.FILE, "label.pdf", "application/pdf", 14)
    await reply(desk, asked, "Your label", files=(label,))
    assert await run(desk, asked, work) == [Done()]
    upload, sent = provider.requests
    assert b"%PDF-1.7 label" in upload.content
    assert b'"filename":"label.pdf"' in sent.content
    assert b"Your label" in sent.content


async def test_a_bug_while_sending_counts_as_an_unknown_outcome(
    desk: Desk, asked: SmallDesk, work: Workshop, provider: Provider
) -> None:
    provider.answers = [ZeroDivisionError()]
    await reply(desk, asked)
    (outcome,) = await run(desk, asked, work)
    assert isinstance(outcome, Again)
    assert "outcome unknown" in outcome.reason


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


async def photo(desk: Desk, at: SmallDesk) -> None:
    """A customer sends a photo."""
    file = InboundFile(FileType.IMAGE, remote_id="photo1", mime_type="image/jpeg")
    written = said(None)
    await receive(desk, at, type(written)(written.source_id, AMARA, None, files=(file,)))


async def echo(desk: Desk, at: SmallDesk, message_id: MessageId, source_id: str) -> None:
    """The provider reports about a message, naming our own id."""
    async with desk.transaction_across_accounts(reason="a test plays the stream") as tx:
        receipt = DeliveryReceipt(source_id, DeliveryStatus.SENT, message_ref=str(message_id))
        await apply_receipts(tx, [ReceiptArrival(at.account_id, at.inbox, tx.now, receipt)])


async def snooze(desk: Desk, at: SmallDesk, span: timedelta) -> None:
    (row,) = await rows(desk, at, "conversations")
    async with desk.transaction(at.account_id) as tx:
        await change_status(
            tx,
            await lock_conversation(tx, ConversationId(row["id"])),
            ConversationStatus.SNOOZED,
            by=Actor.user(at.agent),
            snoozed_until=tx.now + span,
        )
