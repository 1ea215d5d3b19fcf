"""Promise a conversation what a policy says: once, and for good."""

from desk.actions.activity import add_activity_line
from desk.actions.follow_sla import settle_clocks
from desk.events.sla import SlaApplied
from desk.rules.sla import Clocks, Story, Terms
from desk.store.sla import calendar_of, last_event, message_that_waits, policy_row
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.tables.sla import AppliedSlaRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.errors import Invalid, NotFound
from desk.words.ids import ConversationId


async def apply_sla(
    tx: TenantTx, conversation: ConversationRow, policy_id: int | None, *, by: Actor
) -> None:
    """Start the policy's clocks; the row is locked, and may have the policy already."""
    if conversation.sla_policy_id == policy_id:
        return
    if conversation.sla_policy_id is not None or policy_id is None:
        raise Invalid(
            "sla_already_applied",
            "A conversation's SLA policy can neither be changed nor removed.",
            field="sla_policy_id",
        )
    try:
        policy = await policy_row(tx, policy_id)
    except NotFound:
        raise Invalid(
            "unknown_sla_policy", f"There is no SLA policy {policy_id}.", field="sla_policy_id"
        ) from None
    conversation_id = ConversationId(conversation.id)
    terms = Terms(
        policy.first_response_time_threshold,
        policy.next_response_time_threshold,
        policy.resolution_time_threshold,
        policy.only_during_business_hours,
    )
    since = conversation.waiting_since
    clocks = Clocks(terms, await calendar_of(tx, conversation.inbox_id), conversation.created_at)
    outcomes = clocks.begin(
        Story(
            conversation.first_reply_created_at,
            since,
            resolved=conversation.status == ConversationStatus.RESOLVED,
            waiting_message_id=None
            if since is None
            else await message_that_waits(tx, conversation_id, since),
        ),
        tx.now,
    )
    conversation.sla_policy_id = policy_id
    conversation.updated_at = tx.now
    applied = AppliedSlaRow(
        account_id=tx.account_id,
        sla_policy_id=policy_id,
        conversation_id=conversation_id,
        first_response_time_threshold=terms.first_response,
        next_response_time_threshold=terms.next_response,
        resolution_time_threshold=terms.resolution,
        only_during_business_hours=terms.only_during_business_hours,
        began_at=conversation.created_at,
        heard_event_id=await last_event(tx, conversation_id),
        sla_status=0,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.session.add(applied)
    await tx.session.flush()
    tx.record(
        SlaApplied(
            conversation_id,
            policy_id,
            int(applied.id),
            conversation.created_at,
            *clocks.dues(),
            terms.next_response,
            terms.only_during_business_hours,
        ),
        by=by,
        conversation_id=conversation_id,
    )
    await settle_clocks(tx, applied, clocks, outcomes)
    name = policy.name.replace("{", "{{").replace("}", "}}")
    await add_activity_line(tx, conversation, f"{{who}} added the SLA policy {name}", by=by)
