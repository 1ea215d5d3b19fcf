"""Ask a Dialogflow agent what it says to a customer, and say it; people take over where it ends."""

import hashlib
from datetime import timedelta
from typing import Any

import msgspec

from desk.actions.activity import add_activity_line
from desk.actions.answer_as_bot import answer_as_bot
from desk.actions.change_status import change_status
from desk.actions.follow_conversation import came_back
from desk.actions.keep_hook import note_trouble, settings_of
from desk.store.conversations import lock_conversation
from desk.store.integrations import HookAtWork, hook_at_work, is_answered
from desk.store.jobs import Job
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus
from desk.words.errors import NotFound
from desk.words.ids import ConversationId
from ingest.channel_contract import Rejected, TryAgain
from ingest.integrations.dialogflow import TOKEN_LASTS, Said, access_token, detect_intent
from streams.jobs.outcome import Again, Done, Failed, Outcome, pause_after
from streams.jobs.workshop import Workshop

TOO_LATE = timedelta(hours=1)
"""Whoever wrote so long ago is answered by a person."""
BAD_KEY = {"401", "403"}

_ASKED = """
select c.status, c.uuid::text as session, m.content, m.created_at from conversations c
join messages m on m.account_id = c.account_id and m.conversation_id = c.id
where c.account_id = %s and c.id = %s and m.id = %s"""


class Task(msgspec.Struct, frozen=True):
    """Which message."""

    hook_id: int
    conversation_id: ConversationId
    message_id: int


async def ask_dialogflow(job: Job, work: Workshop) -> Outcome:
    """Only while the conversation is the bot's: an agent who took it is not talked over."""
    task = msgspec.convert(job.payload, Task)
    async with work.desk.transaction(job.account_id) as tx:
        hook = await hook_at_work(tx, task.hook_id)
        row = await tx.first(_ASKED, [tx.account_id, task.conversation_id, task.message_id])
        answered = await is_answered(tx, task.hook_id, task.message_id)
    if hook is None or row is None or answered or row["status"] != ConversationStatus.PENDING:
        return Done("the conversation is not the bot's")
    question = (row["content"] or "").strip()
    if not question or work.desk.clock.now() - row["created_at"] > TOO_LATE:
        await _say(job, work, task, hook, Said("", [], "handoff"))
        return Done("nothing a bot can answer")
    settings = settings_of(hook.id, hook.settings, hook.secrets, work.desk.secrets)
    try:
        token = await _token(work, hook, settings)
        said = await detect_intent(work.http, settings, token, row["session"], question)
    except (Rejected, TryAgain) as no:
        if isinstance(no, TryAgain) and job.attempt < job.max_attempts:
            return Again(no.reason, pause_after(job.attempt))
        if isinstance(no, Rejected) and no.provider_code in BAD_KEY:
            await work.desk.redis.delete(_key(hook, settings))
        await _give_up(job, work, task, hook, no.reason)
        return Failed(no.reason)
    await _say(job, work, task, hook, said)
    return Done()


async def _say(job: Job, work: Workshop, task: Task, hook: HookAtWork, said: Said) -> None:
    by = Actor.bot(hook.agent_bot_id) if hook.agent_bot_id else Actor.system()
    try:
        async with work.desk.transaction(job.account_id) as tx:
            conversation = await lock_conversation(tx, task.conversation_id)
            if conversation.status != ConversationStatus.PENDING or await is_answered(
                tx, task.hook_id, task.message_id
            ):
                return
            for text in said.texts:
                await answer_as_bot(tx, conversation, text, by=by)
            if said.action == "resolve":
                await change_status(tx, conversation, ConversationStatus.RESOLVED, by=by)
            elif said.action == "handoff" or not said.texts:
                await change_status(tx, conversation, ConversationStatus.OPEN, by=by)
            await came_back(tx, task.hook_id, task.message_id, f"message:{task.message_id}")
    except NotFound:
        return
    work.counters.add("bot_answers", len(said.texts) or 1)


async def _give_up(job: Job, work: Workshop, task: Task, hook: HookAtWork, reason: str) -> None:
    """The customer waits for a person from now on, and the administrators can see why."""
    async with work.desk.transaction(job.account_id) as tx:
        await note_trouble(tx, hook.id, reason, switch_off=False)
        try:
            conversation = await lock_conversation(tx, task.conversation_id)
        except NotFound:
            return
        if conversation.status == ConversationStatus.PENDING:
            line = "The bot could not be reached"
            await add_activity_line(tx, conversation, line, by=Actor.system())
            await change_status(tx, conversation, ConversationStatus.OPEN, by=Actor.system())
    work.counters.add("bot_answers_failed")


async def _token(work: Workshop, hook: HookAtWork, settings: dict[str, Any]) -> str:
    """One token serves for its hour; it is kept sealed."""
    key, context = _key(hook, settings), f"dialogflow_token:{hook.id}"
    kept = await work.desk.redis.get(key)
    if isinstance(kept, bytes):
        return str(work.desk.secrets.open(kept, context)["token"])
    token = await access_token(work.http, settings["credentials"], work.desk.clock.now())
    sealed = work.desk.secrets.seal({"token": token}, context)
    await work.desk.redis.set(key, sealed, ex=int(TOKEN_LASTS.total_seconds()))
    return token


def _key(hook: HookAtWork, settings: dict[str, Any]) -> str:
    digest = hashlib.sha256(msgspec.json.encode(settings, order="deterministic")).hexdigest()[:24]
    return f"dialogflow:{int(hook.account_id)}:{hook.id}:{digest}"
