"""What a demo company promised in its recent past, kept or missed as it would have been."""

from datetime import datetime

from desk.actions.apply_sla import apply_sla
from desk.actions.follow_sla import settle_clocks
from desk.local.demo.beats import AgentWrites, Beat, CustomerWrites, Resolved
from desk.rules.business_hours import Calendar
from desk.rules.sla import Clocks, Outcome, Terms
from desk.store.sla import applied_sla, calendar_of, message_that_waits
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.ids import ConversationId

_PROMISING_RULE = """
select r.id, (action -> 'action_params' ->> 0)::bigint as policy_id
from automation_rules r cross join jsonb_array_elements(r.actions) action
where r.account_id = %s and r.active and r.event_name = 'conversation_created'
  and action ->> 'action_name' = 'add_sla' order by r.id limit 1"""


class Promises:
    """Hears conversations as they are played; those that began before `since` got no promise."""

    def __init__(self, tx: TenantTx, since: datetime) -> None:
        self._tx = tx
        self._since = since
        self._rule: tuple[Actor, int] | None = None
        self._asked = False
        self._clocks: dict[int, Clocks] = {}
        self._calendars: dict[int, Calendar] = {}

    async def until(self, conversation: ConversationRow, at: datetime) -> None:
        """Promise it where it is new; what fell due before this moment was missed."""
        clocks = await self._clocks_of(conversation)
        while clocks is not None and (due := clocks.next_due_at) is not None and due < at:
            await self._settle(conversation, clocks, clocks.passed(due), due)

    async def hear(self, conversation: ConversationRow, beat: Beat) -> None:
        """Something happened that may end a promise, or begin one."""
        await self.until(conversation, beat.at)
        clocks = self._clocks.get(conversation.id)
        if clocks is None or clocks.status.is_settled:
            return
        outcomes: list[Outcome] = []
        match beat:
            case CustomerWrites():
                if clocks.replied_at is not None and clocks.waiting_since is None:
                    conversation_id = ConversationId(conversation.id)
                    waits = await message_that_waits(self._tx, conversation_id, beat.at)
                    if waits is not None:
                        outcomes = clocks.asked(beat.at, waits)
            case AgentWrites():
                outcomes = clocks.answered(beat.at)
            case Resolved():
                outcomes = clocks.resolved(beat.at)
        if outcomes or clocks.status.is_settled:
            await self._settle(conversation, clocks, outcomes, beat.at)

    async def close(self, conversation: ConversationRow, now: datetime) -> None:
        """The past is over: what still runs is watched from now on."""
        await self.until(conversation, now)
        clocks = self._clocks.pop(conversation.id, None)
        if clocks is not None and not clocks.status.is_settled:
            await self._settle(conversation, clocks, [], now)

    async def _clocks_of(self, conversation: ConversationRow) -> Clocks | None:
        known = self._clocks.get(conversation.id)
        if known is not None or conversation.created_at < self._since:
            return known
        rule = await self._promising_rule()
        if rule is None or conversation.sla_policy_id is not None:
            return None
        tx, (by, policy_id) = self._tx, rule
        tx.now = conversation.created_at
        await apply_sla(tx, conversation, policy_id, by=by)
        applied = await applied_sla(tx, ConversationId(conversation.id))
        if applied is None:
            return None
        if conversation.inbox_id not in self._calendars:
            self._calendars[conversation.inbox_id] = await calendar_of(tx, conversation.inbox_id)
        self._clocks[conversation.id] = Clocks(
            Terms(
                applied.first_response_time_threshold,
                applied.next_response_time_threshold,
                applied.resolution_time_threshold,
                applied.only_during_business_hours,
            ),
            self._calendars[conversation.inbox_id],
            applied.began_at,
            first_response_due_at=applied.first_response_due_at,
            resolution_due_at=applied.resolution_due_at,
        )
        return self._clocks[conversation.id]

    async def _settle(
        self, conversation: ConversationRow, clocks: Clocks, outcomes: list[Outcome], at: datetime
    ) -> None:
        self._tx.now = at
        applied = await applied_sla(self._tx, ConversationId(conversation.id))
        if applied is not None:
            await settle_clocks(self._tx, applied, clocks, outcomes)

    async def _promising_rule(self) -> tuple[Actor, int] | None:
        if not self._asked:
            self._asked = True
            row = await self._tx.first(_PROMISING_RULE, [self._tx.account_id])
            if row is not None:
                self._rule = (Actor.rule(row["id"]), row["policy_id"])
        return self._rule
