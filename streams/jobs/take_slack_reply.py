"""What a colleague wrote in a Slack thread: a reply to the customer, or a note among colleagues."""

import msgspec

from desk.actions.follow_conversation import came_back
from desk.actions.keep_hook import note_trouble, settings_of
from desk.actions.send_automatic import send_automatic
from desk.actions.send_reply import send_reply
from desk.store.conversations import goes_on_in, lock_conversation
from desk.store.integrations import (
    agent_with_email,
    conversation_of_thread,
    hook_at_work,
    is_known,
)
from desk.store.jobs import Job
from desk.words.actor import Actor
from desk.words.conversation import MAX_CONTENT
from desk.words.errors import NotFound
from desk.words.ids import ConversationId, MessageId, UserId
from ingest.channel_contract import Rejected, TryAgain, Unknown
from ingest.integrations.slack import Colleague, Slack
from ingest.integrations.slack_text import from_slack, note_in
from streams.jobs.outcome import Again, Done, Outcome, pause_after
from streams.jobs.workshop import Workshop


class SlackReply(msgspec.Struct, frozen=True):
    """A message in a thread, as the event told it."""

    hook_id: int
    thread_ts: str
    ts: str
    user: str
    text: str


async def take_slack_reply(job: Job, work: Workshop) -> Outcome:
    """Write it into the conversation, once.

    Only an agent of the account who may see the conversation answers the customer from there;
    what others write in the channel becomes a note that names them.
    """
    reply = msgspec.convert(job.payload, SlackReply)
    text = from_slack(reply.text)[:MAX_CONTENT].replace("\x00", "")
    async with work.desk.transaction(job.account_id) as tx:
        hook = await hook_at_work(tx, reply.hook_id)
        followed = await conversation_of_thread(tx, reply.hook_id, reply.thread_ts)
    if hook is None or followed is None or not text:
        return Done("the thread is no conversation's")
    slack = Slack(work.http, settings_of(hook.id, hook.settings, hook.secrets, work.desk.secrets))
    try:
        colleague = await slack.colleague(reply.user)
    except Rejected as no:
        # What was written is not lost because we may not ask who wrote it.
        colleague = Colleague(reply.user, None)
        async with work.desk.transaction(job.account_id) as tx:
            await note_trouble(tx, hook.id, no.reason, switch_off=False)
    except (TryAgain, Unknown) as later:
        if job.attempt < job.max_attempts:
            return Again(later.reason, pause_after(job.attempt))
        colleague = Colleague(reply.user, None)
    try:
        return await _write(job, work, reply, followed, colleague, text)
    except NotFound as gone:
        return Done(gone.sentence)


async def _write(
    job: Job, work: Workshop, reply: SlackReply, followed: int, colleague: Colleague, text: str
) -> Outcome:
    async with work.desk.transaction(job.account_id) as tx:
        where = await goes_on_in(tx, ConversationId(followed))
        conversation = await lock_conversation(tx, where)
        if await is_known(tx, reply.hook_id, reply.ts):
            return Done("it is here already")
        agent = None
        if colleague.email:
            agent = await agent_with_email(tx, colleague.email, conversation.id)
        note = note_in(text)
        message_id: MessageId
        if agent is not None:
            message_id = await send_reply(
                tx,
                conversation,
                note or text,
                by=UserId(agent),
                private=note is not None,
            )
        else:
            said = f"{colleague.name} in Slack: {note or text}"
            message_id = await send_automatic(
                tx, conversation, said[:MAX_CONTENT], by=Actor.system(), private=True
            )
        await came_back(tx, reply.hook_id, message_id, reply.ts)
    work.counters.add("slack_replies")
    return Done()
