"""Let the clocks of a conversation's service level hear what happened, and note what it came to."""

from desk.events.conversations import ConversationStatusChanged
from desk.events.envelope import Event
from desk.events.messages import MessageCreated
from desk.events.sla import SlaMet, SlaMissed, SlaSettled
from desk.rules.business_hours import Calendar
from desk.rules.sla import Clocks, Outcome, Terms
from desk.store.conversations import lock_conversation
from desk.store.jobs import drop_job, queue_job
from desk.store.sla import AT_ONCE, applied_sla, calendar_of, moves_since
from desk.store.transaction import TenantTx
from desk.tables.sla import AppliedSlaRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus, MessageType, SenderType
from desk.words.errors import NotFound
from desk.words.ids import ConversationId
from desk.words.sla import SlaStatus

WATCH_SLA = "watch_sla"
"""The kind of the job that looks when a promise falls due."""


async def follow_sla(tx: TenantTx, conversation_id: ConversationId) -> None:
    """Bring the clocks up to now, out of the log: harmless when repeated, whoever asks.

    The lock lets everything that happened before now be in the log; what fell due before it is
    judged by when it happened, however late somebody looks.
    """
    try:
        conversation = await lock_conversation(tx, conversation_id)
    except NotFound:
        return
    applied = await applied_sla(tx, conversation_id)
    if applied is None or SlaStatus(applied.sla_status).is_settled or conversation.merged_into_id:
        return
    clocks = _clocks_of(applied)
    if applied.only_during_business_hours:
        clocks.calendar = await calendar_of(tx, conversation.inbox_id)
    outcomes: list[Outcome] = []
    while not clocks.status.is_settled:
        moves = await moves_since(tx, conversation_id, applied.heard_event_id)
        for move in moves:
            outcomes += _hear(clocks, move)
            applied.heard_event_id = move.id
            if clocks.status.is_settled:
                break
        if len(moves) < AT_ONCE:
            break
    if not clocks.status.is_settled:
        clocks.agree(conversation.waiting_since)
        outcomes += clocks.passed(tx.now)
    await settle_clocks(tx, applied, clocks, outcomes)


async def end_unjudged(tx: TenantTx, conversation_id: ConversationId) -> None:
    """Promise nothing more: what was broken by now stays broken, and the rest was never due."""
    await follow_sla(tx, conversation_id)
    applied = await applied_sla(tx, conversation_id)
    if applied is None or applied.next_due_at is None:
        return
    applied.first_response_due_at = applied.next_response_due_at = None
    applied.resolution_due_at = applied.next_due_at = None
    applied.updated_at = tx.now
    await drop_job(tx, WATCH_SLA, str(applied.id))


async def settle_clocks(
    tx: TenantTx, applied: AppliedSlaRow, clocks: Clocks, outcomes: list[Outcome]
) -> None:
    """Keep the clocks, leave a fact for every promise that ended, and say when to look again."""
    conversation_id = ConversationId(applied.conversation_id)
    due_before = applied.next_due_at
    status_before = SlaStatus(applied.sla_status)
    applied.first_response_due_at = clocks.first_response_due_at
    applied.next_response_due_at = clocks.next_response_due_at
    applied.resolution_due_at = clocks.resolution_due_at
    applied.next_due_at = clocks.next_due_at
    applied.replied_at = clocks.replied_at
    applied.waiting_since = clocks.waiting_since
    applied.waiting_message_id = clocks.waiting_message_id
    applied.sla_status = int(clocks.status)
    if outcomes or clocks.status is not status_before:
        applied.updated_at = tx.now
    for outcome in outcomes:
        await _note(tx, applied, outcome)
    if clocks.status.is_settled:
        tx.record(
            SlaSettled(conversation_id, applied.sla_policy_id, int(applied.id), int(clocks.status)),
            by=Actor.system(),
            conversation_id=conversation_id,
        )
    if applied.next_due_at is not None:
        await queue_job(
            tx,
            WATCH_SLA,
            str(applied.id),
            {"conversation_id": conversation_id},
            due_at=applied.next_due_at,
            priority=3,
            max_attempts=20,
        )
    elif due_before is not None:
        await drop_job(tx, WATCH_SLA, str(applied.id))


async def _note(tx: TenantTx, applied: AppliedSlaRow, outcome: Outcome) -> None:
    conversation_id, promise = ConversationId(applied.conversation_id), outcome.promise.word
    fact: SlaMet | SlaMissed
    if outcome.kept:
        fact = SlaMet(
            conversation_id,
            applied.sla_policy_id,
            int(applied.id),
            promise,
            outcome.began_at,
            outcome.due_at,
            outcome.ended_at,
            outcome.message_id,
        )
    else:
        fact = SlaMissed(
            conversation_id,
            applied.sla_policy_id,
            int(applied.id),
            promise,
            outcome.began_at,
            outcome.due_at,
            outcome.message_id,
        )
        await tx.execute(
            """insert into sla_events (account_id, applied_sla_id, event_type, message_id, due_at,
                   created_at) values (%s, %s, %s, %s, %s, %s)""",
            [
                tx.account_id,
                applied.id,
                int(outcome.promise),
                outcome.message_id,
                outcome.due_at,
                tx.now,
            ],
        )
    tx.record(fact, by=Actor.system(), conversation_id=conversation_id)


def _clocks_of(applied: AppliedSlaRow) -> Clocks:
    return Clocks(
        Terms(
            applied.first_response_time_threshold,
            applied.next_response_time_threshold,
            applied.resolution_time_threshold,
            applied.only_during_business_hours,
        ),
        Calendar(False, "UTC", ()),
        applied.began_at,
        SlaStatus(applied.sla_status),
        applied.first_response_due_at,
        applied.next_response_due_at,
        applied.resolution_due_at,
        applied.replied_at,
        applied.waiting_since,
        applied.waiting_message_id,
    )


def _hear(clocks: Clocks, event: Event) -> list[Outcome]:
    match event.fact:
        case MessageCreated(
            message_id=message_id,
            message_type=MessageType.INCOMING,
            sender_type=SenderType.CONTACT,
            private=False,
        ):
            return clocks.asked(event.at, message_id)
        case MessageCreated(
            message_type=MessageType.OUTGOING, sender_type=SenderType.USER, private=False
        ):
            return clocks.answered(event.at)
        case ConversationStatusChanged(after=ConversationStatus.RESOLVED):
            return clocks.resolved(event.at)
    return []
