"""Replies go out once and in order, whatever the provider answers."""

from datetime import timedelta

import httpx

from desk.actions.record_send import retry_message
from desk.actions.write_message import StoredFile
from desk.clock import FixedClock
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.conversation import DeliveryStatus, FileType
from desk.words.ids import ConversationId
from streams.jobs.catalogue import KINDS
from streams.jobs.keeping import HOLD, hold, keep
from streams.jobs.outcome import Again, Done, Failed
from streams.jobs.workshop import Workshop
from tests.builders.accounts import SmallDesk
from tests.builders.messages import AMARA
from tests.streams.arrivals import rows
from tests.streams.promises import due, echo, message, reply, run
from tests.streams.provider import Provider, refused


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
