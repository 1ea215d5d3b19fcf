"""Jobs as tests see them: made by what agents and customers do, claimed, and kept."""

from datetime import timedelta
from typing import Any

from desk.actions.apply_receipts import ReceiptArrival, apply_receipts
from desk.actions.change_status import change_status
from desk.actions.send_reply import send_reply
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.store.jobs import LOWEST_PRIORITY, Job
from desk.words.actor import Actor
from desk.words.channels import DeliveryReceipt, InboundFile
from desk.words.conversation import ConversationStatus, DeliveryStatus, FileType
from desk.words.ids import ConversationId, MessageId
from streams.jobs.catalogue import KINDS
from streams.jobs.keeping import claim, keep
from streams.jobs.outcome import Outcome
from streams.jobs.workshop import Workshop
from tests.builders.accounts import SmallDesk
from tests.builders.messages import AMARA, receive, said
from tests.streams.arrivals import rows


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
