"""Service levels: policies, how they stand, and what a clock has to hear of."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from desk.events.administration import OpeningHours
from desk.events.envelope import Event
from desk.rules.business_hours import Calendar
from desk.store.event_log import event_of
from desk.store.transaction import TenantTx
from desk.tables.sla import AppliedSlaRow, SlaPolicyRow
from desk.words.errors import NotFound
from desk.words.ids import ConversationId

AT_ONCE = 500
"""Facts of a conversation that are read at a time."""

_POLICIES = """
select id, name, description, first_response_time_threshold, next_response_time_threshold,
       resolution_time_threshold, only_during_business_hours
from sla_policies where account_id = %s and deleted_at is null"""


async def sla_policies(tx: TenantTx) -> list[dict[str, Any]]:
    """All that can be applied, the oldest first."""
    return await tx.all(f"{_POLICIES} order by id", [tx.account_id])


async def sla_policy(tx: TenantTx, policy_id: int) -> dict[str, Any]:
    """One of them; raises NotFound."""
    row = await tx.first(f"{_POLICIES} and id = %s", [tx.account_id, policy_id])
    if row is None:
        raise NotFound("sla_policy_not_found", "There is no such SLA policy.")
    return row


async def policy_row(tx: TenantTx, policy_id: int) -> SlaPolicyRow:
    """The locked row of one that can be applied; raises NotFound."""
    row = await tx.session.get(SlaPolicyRow, (tx.account_id, policy_id), with_for_update=True)
    if row is None or row.deleted_at is not None:
        raise NotFound("sla_policy_not_found", "There is no such SLA policy.")
    return row


async def applied_sla(tx: TenantTx, conversation_id: ConversationId) -> AppliedSlaRow | None:
    """How the conversation's policy stands, locked until the transaction ends."""
    found = await tx.session.execute(
        select(AppliedSlaRow)
        .where(
            AppliedSlaRow.account_id == tx.account_id,
            AppliedSlaRow.conversation_id == conversation_id,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found.scalar_one_or_none()


async def calendar_of(tx: TenantTx, inbox_id: int) -> Calendar:
    """The inbox's opening hours as they are now."""
    row = await tx.one(
        """select i.working_hours_enabled as enabled, i.time_zone,
                  array(select array[w.day_of_week, w.opens, w.closes]::int[]
                        from working_hours w
                        where w.account_id = i.account_id and w.inbox_id = i.id
                        order by w.day_of_week) as week
           from inboxes i where i.account_id = %s and i.id = %s""",
        [tx.account_id, inbox_id],
    )
    week = tuple(OpeningHours(day, opens, closes) for day, opens, closes in row["week"])
    return Calendar(row["enabled"], row["time_zone"], week)


async def message_that_waits(
    tx: TenantTx, conversation_id: ConversationId, since: datetime
) -> int | None:
    """The customer's message with which a wait began."""
    row = await tx.first(
        """select id from messages where account_id = %s and conversation_id = %s
             and message_type = 0 and created_at >= %s order by id limit 1""",
        [tx.account_id, conversation_id, since],
    )
    return None if row is None else int(row["id"])


async def last_event(tx: TenantTx, conversation_id: ConversationId) -> int:
    """The newest fact of the conversation that others have committed."""
    row = await tx.one(
        """select coalesce(max(id), 0) as id from events
           where account_id = %s and conversation_id = %s""",
        [tx.account_id, conversation_id],
    )
    return int(row["id"])


async def moves_since(tx: TenantTx, conversation_id: ConversationId, heard: int) -> list[Event]:
    """What was said and closed since, in order: at most so many at a time."""
    rows = await tx.all(
        f"""select id, account_id, conversation_id, at, actor_kind, actor_id, fact, quiet
            from events where account_id = %s and conversation_id = %s and id > %s
              and name in ('message_created', 'conversation_status_changed')
            order by id limit {AT_ONCE}""",
        [tx.account_id, conversation_id, heard],
    )
    return [event_of(row) for row in rows]
