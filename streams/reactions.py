"""What a reaction to a fact is, and how a batch of facts meets them all."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

import msgspec
import structlog

from desk.actions.park import Parking, park
from desk.events.envelope import Event, decode
from desk.store.counters import Counters
from desk.store.desk import Desk
from desk.watching.origin import Origin
from desk.watching.work import handling
from desk.words.ids import AccountId
from streams.failures import Verdict, judge, reason_of
from streams.guard import until_it_passes
from streams.record import Record

log = structlog.get_logger()

TOO_LATE = timedelta(hours=1)
"""After an outage nobody wants to be asked about yesterday."""


class Reaction(msgspec.Struct, frozen=True):
    """A handler, and the facts it is for. Harmless when repeated; opens its own transactions."""

    name: str
    run: Callable[[Event, Desk], Awaitable[None]]
    to: tuple[type, ...]
    writes_to_customers: bool = False
    concerns: Callable[[Sequence[Event], Desk], Awaitable[set[int]]] | None = None
    """Asked once for a whole batch, before any of it is reacted to: the ids of the facts that may
    lead to something. A handler without it is given every fact it is for."""


class React:
    """The consumer of `desk.events`: every reaction for itself, none can hurt another."""

    def __init__(self, reactions: Sequence[Reaction], desk: Desk, counters: Counters) -> None:
        self._reactions = reactions
        self._desk = desk
        self._counters = counters

    async def __call__(self, records: Sequence[Record]) -> None:
        events: dict[int, Event] = {}
        for record in records:
            try:
                event = decode(record.value or b"")
                _check(record, event)
            except msgspec.MsgspecError as error:
                await self._refuse(record, reason_of(error))
            else:
                events.setdefault(event.id, event)
        await self.react(list(events.values()))

    async def react(self, events: Sequence[Event]) -> None:
        """Let every event meet its reactions, in order, and mark them done together."""
        waiting = [event for event in events if self._reactions_to(event)]
        undone = await self._undone(waiting)
        waiting = [event for event in waiting if event.id in undone]
        idle = await self._idle(waiting)
        for event in waiting:
            for reaction in self._reactions_to(event):
                if (reaction.name, event.id) not in idle:
                    await self._run(reaction, event)
        await until_it_passes(
            lambda: self._mark_done([(event.account_id, event.id) for event in events])
        )
        self._counters.add("events", len(events))

    def _reactions_to(self, event: Event) -> list[Reaction]:
        if event.quiet:
            return []
        late = self._desk.clock.now() - event.at > TOO_LATE
        return [
            reaction
            for reaction in self._reactions
            if isinstance(event.fact, reaction.to) and not (late and reaction.writes_to_customers)
        ]

    async def _idle(self, events: Sequence[Event]) -> set[tuple[str, int]]:
        """The reactions that would look at a fact and do nothing: most of them, of most facts."""
        idle: set[tuple[str, int]] = set()
        for reaction in self._reactions:
            if reaction.concerns is None:
                continue
            met = [event for event in events if reaction in self._reactions_to(event)]
            if met:
                concerned = await self._ask(reaction.concerns, met)
                idle.update((reaction.name, e.id) for e in met if e.id not in concerned)
        return idle

    async def _ask(
        self,
        concerns: Callable[[Sequence[Event], Desk], Awaitable[set[int]]],
        events: Sequence[Event],
    ) -> set[int]:
        answer: set[int] = set()

        async def ask() -> None:
            answer.update(await concerns(events, self._desk))

        await until_it_passes(ask)
        return answer

    async def _run(self, reaction: Reaction, event: Event) -> None:
        try:
            # What follows from a rule's firing says so, through however many hands it goes.
            desk = self._desk.following(event.after_rules)
            with handling(
                f"react {reaction.name}",
                [Origin(event.account_id, event.at)],
                account=event.account_id,
                event_id=event.id,
                conversation=event.conversation_id,
                reaction=reaction.name,
            ):
                await until_it_passes(lambda: reaction.run(event, desk))
        except Exception as error:
            reason = reason_of(error)
            if judge(error) is Verdict.BUG:
                log.exception(
                    "reaction_failed",
                    account=event.account_id,
                    reaction=reaction.name,
                    event_id=event.id,
                )
            await until_it_passes(
                lambda: self._park(reaction.name, event.account_id, event.id, reason)
            )

    async def _undone(self, events: Sequence[Event]) -> set[int]:
        found: set[int] = set()

        async def look() -> None:
            async with self._desk.transaction_across_accounts(
                reason="a batch of events belongs to several accounts"
            ) as tx:
                rows = await tx.all(
                    """select id from events where done_at is null and (account_id, id) in
                           (select * from unnest(%b::bigint[], %b::bigint[]))""",
                    [[event.account_id for event in events], [event.id for event in events]],
                )
            found.update(row["id"] for row in rows)

        if events:
            await until_it_passes(look)
        return found

    async def _mark_done(self, keys: Sequence[tuple[int, int]]) -> None:
        async with self._desk.transaction_across_accounts(
            reason="a batch of events belongs to several accounts"
        ) as tx:
            await tx.execute(
                """update events as row set done_at = %s
                   from unnest(%b::bigint[], %b::bigint[]) as met(account_id, id)
                   where row.account_id = met.account_id and row.id = met.id
                     and row.done_at is null""",
                [tx.now, [account for account, _ in keys], [event_id for _, event_id in keys]],
            )

    async def _refuse(self, record: Record, reason: str) -> None:
        account_id, event_id = record.account_id, record.event_id
        if account_id is None or event_id is None:
            log.error("foreign_record", reason=reason)
            return
        await until_it_passes(lambda: self._park("react", account_id, event_id, reason))
        await until_it_passes(lambda: self._mark_done([(account_id, event_id)]))

    async def _park(self, consumer: str, account_id: AccountId, event_id: int, reason: str) -> None:
        async with self._desk.transaction_across_accounts(
            reason="the stream parks what a reaction could not do"
        ) as tx:
            await park(tx, [Parking(account_id, consumer, "event", event_id, 0, reason)])
        self._counters.add("events_parked")
        log.warning("parked", consumer=consumer, account=account_id, event_id=event_id)


def _check(record: Record, event: Event) -> None:
    if record.account_id not in (None, event.account_id):
        raise msgspec.ValidationError("the record's header names another account")
