"""Playing scripts through the desk's own actions, each beat at its own time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from desk.actions.answer_as_bot import answer_as_bot
from desk.actions.assign_conversation import assign_conversation, assign_team
from desk.actions.change_status import change_status
from desk.actions.judge_conversation import set_labels, set_priority
from desk.actions.rate_conversation import ask_for_rating, record_rating
from desk.actions.receive_messages import Received, receive_messages
from desk.actions.send_reply import send_reply
from desk.events.conversations import StatusReason
from desk.local.demo.arriving import said_at_the_door
from desk.local.demo.beats import (
    AgentWrites,
    Assigned,
    Beat,
    BotWrites,
    CustomerWrites,
    HandedOver,
    Labelled,
    NoteWritten,
    PrioritySet,
    Rated,
    ReceiptCame,
    Resolved,
    Snoozed,
    TeamSet,
)
from desk.local.demo.doors import Door, id_at
from desk.local.demo.founding import Founded
from desk.local.demo.promising import Promises
from desk.local.demo.script import Script
from desk.store.conversations import lock_conversation
from desk.store.transaction import TenantTx, WideTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus, DeliveryStatus
from desk.words.ids import ConversationId, InboundId

PROMISED_SINCE = timedelta(days=14)
"""How far back conversations were promised something: enough for the reports to show."""


class Player:
    """Plays some conversations of one company side by side, in one transaction."""

    def __init__(self, tx: WideTx, founded: Founded, public_url: str, now: datetime) -> None:
        self._wide = tx
        self._tx: TenantTx = tx.within(founded.account_id)
        self._founded = founded
        self._public_url = public_url
        self._now = now
        self._promises = Promises(self._tx, now - PROMISED_SINCE)
        self._fates: dict[str, ReceiptCame] = {}

    async def play(self, scripts: Sequence[Script]) -> None:
        """All that has happened by now, customers' and agents' turns in rounds."""
        waiting = {script.door.sender: list(script.until(self._now)) for script in scripts}
        told = {script.door.sender: script for script in scripts}
        self._fates = {
            beat.of: beat
            for beats in waiting.values()
            for beat in beats
            if isinstance(beat, ReceiptCame)
        }
        while any(waiting.values()):
            written: list[Received] = []
            asked: dict[str, list[CustomerWrites]] = {}
            for sender, beats in waiting.items():
                while beats and isinstance(beat := beats[0], CustomerWrites):
                    beats.pop(0)
                    written.append(self._hook(beat, told[sender]))
                    asked.setdefault(sender, []).append(beat)
            if written:
                written.sort(key=lambda hook: hook.received_at)
                await receive_messages(self._wide, written)
            current = await self._current(list(waiting))
            for sender, beats in waiting.items():
                conversation = current[sender]
                for message in asked.get(sender, ()):
                    await self._promises.hear(conversation, message)
                while beats and not isinstance(beats[0], CustomerWrites):
                    beat = beats.pop(0)
                    await self._promises.until(conversation, beat.at)
                    await self._act(conversation, beat, told[sender].door)
                    await self._promises.hear(conversation, beat)
                    following = beats[0].at if beats else self._now
                    await self._wake(conversation, beat, following)
                if not beats:
                    await self._promises.close(conversation, self._now)

    def _hook(self, beat: CustomerWrites, script: Script) -> Received:
        return Received(
            InboundId(0),
            self._founded.account_id,
            self._founded.inboxes[script.door.kind],
            beat.at,
            (said_at_the_door(self._founded.company, script, beat),),
            met_by_bot=script.door.met_by_bot,
        )

    async def _current(self, senders: list[str]) -> dict[str, ConversationRow]:
        rows = await self._tx.all(
            """select distinct on (ci.source_id) ci.source_id, c.id from contact_inboxes ci
               join conversations c on c.account_id = ci.account_id and c.contact_inbox_id = ci.id
               where ci.account_id = %s and ci.inbox_id = any(%s) and ci.source_id = any(%s)
               order by ci.source_id, c.id desc""",
            [self._founded.account_id, list(self._founded.inboxes.values()), senders],
        )
        # The batch wrote past the session: what it remembers of these rows is old.
        self._tx.session.expire_all()
        return {
            row["source_id"]: await lock_conversation(self._tx, ConversationId(row["id"]))
            for row in rows
        }

    async def _act(self, conversation: ConversationRow, beat: Beat, door: Door) -> None:
        tx, founded = self._tx, self._founded
        tx.now = beat.at
        match beat:
            case AgentWrites(_, message_id, agent, text):
                fate = self._fates.get(message_id)
                status = fate.status if fate else DeliveryStatus.SENT
                error = {"external_error": fate.error} if fate and fate.error else {}
                await send_reply(
                    tx,
                    conversation,
                    text,
                    by=founded.agents[agent],
                    content_attributes=error,
                    sent_as=id_at(door, message_id),
                    status=status,
                )
                conversation.unread_count = 0
            case BotWrites(_, message_id, text):
                await answer_as_bot(tx, conversation, text, by=founded.the_bot, sent_as=message_id)
            case HandedOver():
                await change_status(tx, conversation, ConversationStatus.OPEN, by=founded.the_bot)
            case NoteWritten(_, _, agent, text, _):
                await send_reply(tx, conversation, text, by=founded.agents[agent], private=True)
            case Assigned(_, by, agent):
                await assign_conversation(
                    tx, conversation, founded.agents[agent], by=self._actor(by)
                )
            case TeamSet(_, by, team):
                await assign_team(tx, conversation, founded.teams[team], by=self._actor(by))
            case Labelled(_, by, labels):
                await self._label(conversation, labels, self._actor(by))
            case PrioritySet(_, by, priority):
                await set_priority(tx, conversation, priority, by=self._actor(by))
            case Snoozed(_, by, until):
                await change_status(
                    tx,
                    conversation,
                    ConversationStatus.SNOOZED,
                    by=self._actor(by),
                    # A time that is over needs no alarm.
                    snoozed_until=until if until > self._now else None,
                )
            case Resolved(_, by):
                await self._resolve(conversation, self._actor(by), door)
            case Rated(_, rating, comment):
                if await self._was_asked(conversation):
                    await record_rating(tx, conversation.uuid, rating, comment)
            case CustomerWrites() | ReceiptCame():
                pass

    async def _resolve(self, conversation: ConversationRow, by: Actor, door: Door) -> None:
        await change_status(self._tx, conversation, ConversationStatus.RESOLVED, by=by)
        conversation.unread_count = 0
        if not door.tells_receipts:
            return
        self._tx.now += timedelta(seconds=2)
        await ask_for_rating(
            self._tx,
            conversation,
            survey_url=f"{self._public_url}/survey/responses/{conversation.uuid}",
            by=Actor.system(),
            sent_as=f"survey.{conversation.uuid}",
        )

    async def _was_asked(self, conversation: ConversationRow) -> bool:
        asked = await self._tx.first(
            "select from csat_surveys where account_id = %s and conversation_id = %s",
            [self._founded.account_id, conversation.id],
        )
        return asked is not None

    async def _wake(self, conversation: ConversationRow, beat: Beat, following: datetime) -> None:
        if isinstance(beat, Snoozed) and beat.until <= min(following, self._now):
            self._tx.now = beat.until
            await change_status(
                self._tx,
                conversation,
                ConversationStatus.OPEN,
                by=Actor.system(),
                reason=StatusReason.SNOOZE_ENDED,
            )

    async def _label(
        self, conversation: ConversationRow, labels: tuple[str, ...], by: Actor
    ) -> None:
        rows = await self._tx.all(
            "select title from labels where account_id = %s and id = any(%s)",
            [self._founded.account_id, conversation.label_ids],
        )
        titles = [row["title"] for row in rows]
        await set_labels(self._tx, conversation, [*titles, *labels], by=by)

    def _actor(self, agent: str) -> Actor:
        return Actor.user(self._founded.agents[agent])
