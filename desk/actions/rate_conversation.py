"""Ask a customer how it went, and take the answer."""

from uuid import UUID

from sqlalchemy import select

from desk.actions.send_reply import send_template
from desk.events.satisfaction import RatingAsked, RatingGiven
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.tables.satisfaction import CsatSurveyRow
from desk.words.actor import Actor
from desk.words.conversation import ContentType
from desk.words.errors import Invalid, NotFound
from desk.words.ids import ContactId, ConversationId, UserId


async def ask_for_rating(
    tx: TenantTx,
    conversation: ConversationRow,
    *,
    survey_url: str,
    by: Actor,
    sent_as: str | None = None,
) -> int | None:
    """Send the question once per conversation; the survey's id, or nothing if it was asked before."""
    if await _survey(tx, conversation.id) is not None:
        return None
    replier = await tx.first(
        """select sender_id from messages where account_id = %s and conversation_id = %s
           and message_type = 1 and not private and sender_type = 'User' order by id desc limit 1""",
        [tx.account_id, conversation.id],
    )
    agent_id = UserId(replier["sender_id"]) if replier else None
    message_id = await send_template(
        tx,
        conversation,
        f"How did we do? Rate this conversation from 1 to 5: {survey_url}",
        by=by,
        content_type=ContentType.INPUT_CSAT,
        sent_as=sent_as,
    )
    survey = CsatSurveyRow(
        account_id=tx.account_id,
        conversation_id=conversation.id,
        contact_id=conversation.contact_id,
        message_id=message_id,
        agent_id=agent_id,
        asked_at=tx.now,
    )
    tx.session.add(survey)
    await tx.session.flush()
    tx.record(
        RatingAsked(ConversationId(conversation.id), survey.id, agent_id),
        by=by,
        conversation_id=ConversationId(conversation.id),
    )
    return survey.id


async def record_rating(
    tx: TenantTx, conversation_uuid: UUID, rating: int, feedback: str | None = None
) -> None:
    """The customer answered; a later answer replaces an earlier one."""
    if not 1 <= rating <= 5:
        raise Invalid("rating_out_of_range", "A rating is a number from 1 to 5.", field="rating")
    conversation = (
        await tx.session.execute(
            select(ConversationRow).where(
                ConversationRow.account_id == tx.account_id,
                ConversationRow.uuid == conversation_uuid,
            )
        )
    ).scalar_one_or_none()
    survey = await _survey(tx, conversation.id) if conversation is not None else None
    if conversation is None or survey is None:
        raise NotFound("survey_not_found", "There is no such survey.")
    survey.rating, survey.feedback, survey.answered_at = rating, feedback, tx.now
    tx.record(
        RatingGiven(
            ConversationId(conversation.id),
            survey.id,
            rating,
            UserId(survey.agent_id) if survey.agent_id else None,
        ),
        by=Actor.contact(ContactId(conversation.contact_id)),
        conversation_id=ConversationId(conversation.id),
    )


async def _survey(tx: TenantTx, conversation_id: int) -> CsatSurveyRow | None:
    found = await tx.session.execute(
        select(CsatSurveyRow)
        .where(
            CsatSurveyRow.account_id == tx.account_id,
            CsatSurveyRow.conversation_id == conversation_id,
        )
        .with_for_update()
    )
    return found.scalar_one_or_none()
