"""Post a conversation's messages into its Slack thread: in order, and never blindly twice."""

from datetime import timedelta
from typing import Any

import msgspec

from desk.actions.follow_conversation import (
    TRIES,
    Followed,
    about_to_tell,
    let_go,
    take_followed,
    told,
    untold,
)
from desk.actions.keep_hook import note_trouble, settings_of
from desk.store.integrations import HookAtWork, hook_at_work
from desk.store.jobs import Job
from desk.store.transaction import TenantTx
from desk.words.conversation import ContentType, MessageType
from ingest.channel_contract import Rejected, TryAgain, Unknown
from ingest.integrations.slack import REFUSED_FOR_GOOD, Slack
from ingest.integrations.slack_text import to_slack
from streams.guard import until_it_passes
from streams.jobs.outcome import Again, Done, Failed, Outcome, pause_after
from streams.jobs.workshop import Workshop

HOLD = timedelta(minutes=4)
"""Longer than a page of messages can take; whoever died is waited for so long."""
LONGEST_PAUSE = timedelta(minutes=10)

_HEAD = """
select c.display_id, i.name as inbox,
       coalesce(nullif(k.name, ''), k.phone_number, k.email, 'A customer') as contact
from conversations c
join contacts k on k.account_id = c.account_id and k.id = c.contact_id
join inboxes i on i.account_id = c.account_id and i.id = c.inbox_id
where c.account_id = %s and c.id = %s"""


class Task(msgspec.Struct, frozen=True):
    """Which thread."""

    hook_id: int
    conversation_id: int
    tries: int = 0
    """That failed one after the other."""


async def post_to_slack(job: Job, work: Workshop) -> Outcome:
    """Post what Slack does not know."""
    task = msgspec.convert(job.payload, Task)
    async with work.desk.transaction(job.account_id) as tx:
        hook = await hook_at_work(tx, task.hook_id)
        if hook is None:
            return Done("Slack is not in use")
        thread = await take_followed(tx, task.hook_id, task.conversation_id, hold=HOLD)
        if thread is None:
            return Done("the conversation is gone")
        if not isinstance(thread, Followed):
            return Again("another worker posts", min(thread, timedelta(seconds=5)))
        messages = await untold(tx, thread)
        head = await tx.one(_HEAD, [tx.account_id, thread.conversation_id])
    settings = settings_of(hook.id, hook.settings, hook.secrets, work.desk.secrets)
    slack = Slack(work.http, settings)
    trouble: Rejected | TryAgain | Unknown | None = None
    more = False
    try:
        for message in messages:
            await _post_or_pass(job, work, slack, thread, message, head)
    except (Rejected, TryAgain, Unknown) as no:
        trouble = no
    finally:
        more = await _let_go(job, work, thread)
    if trouble is not None:
        return await _after(job, work, hook, task.tries + 1, trouble)
    return Again("there is more to post", timedelta(0), {"tries": 0}) if more else Done()


async def _post_or_pass(
    job: Job,
    work: Workshop,
    slack: Slack,
    thread: Followed,
    message: dict[str, Any],
    head: dict[str, Any],
) -> None:
    """What Slack does not want is passed over, so that one message does not stop the others."""
    try:
        await _post(job, work, slack, thread, message, head)
    except Rejected as no:
        if not no.provider_code or no.provider_code in REFUSED_FOR_GOOD:
            raise
        reason = no.reason

        async def pass_over(tx: TenantTx) -> None:
            await note_trouble(tx, thread.hook_id, reason, switch_off=False)
            await told(tx, thread, message["id"], None)

        await _record(job, work, pass_over)


async def _post(
    job: Job,
    work: Workshop,
    slack: Slack,
    thread: Followed,
    message: dict[str, Any],
    head: dict[str, Any],
) -> None:
    mark = {"hook_id": thread.hook_id, "message_id": message["id"]}
    text = _text(message, head, work.desk.settings.addresses.public_url, job, thread)
    ts: str | None = None
    if text is not None:
        if thread.trying_message_id == message["id"]:
            ts = await slack.find(thread.external_id, mark, message["created_at"])
        else:
            async with work.desk.transaction(job.account_id) as tx:
                await about_to_tell(tx, thread, message["id"])
        try:
            ts = ts or await slack.post(text, thread.external_id, mark)
        except (Rejected, TryAgain):
            # It certainly is not there.
            await _record(job, work, lambda tx: about_to_tell(tx, thread, None))
            raise
    await _record(job, work, lambda tx: told(tx, thread, message["id"], ts))
    work.counters.add("slack_posts")


async def _record(job: Job, work: Workshop, write: Any) -> None:
    async def record() -> None:
        async with work.desk.transaction(job.account_id) as tx:
            await write(tx)

    await until_it_passes(record)


async def _let_go(job: Job, work: Workshop, thread: Followed) -> bool:
    left: list[bool] = []

    async def release(tx: TenantTx) -> None:
        left[:] = [await let_go(tx, thread)]

    await _record(job, work, release)
    return left[0]


async def _after(
    job: Job,
    work: Workshop,
    hook: HookAtWork,
    tries: int,
    trouble: Rejected | TryAgain | Unknown,
) -> Outcome:
    """Refused for good: the app is switched off. Otherwise another try, and in the end none."""
    final = isinstance(trouble, Rejected)
    reason = trouble.reason
    if final or tries >= TRIES:
        off = isinstance(trouble, Rejected) and trouble.provider_code in REFUSED_FOR_GOOD
        await _record(job, work, lambda tx: note_trouble(tx, hook.id, reason, switch_off=off))
        work.counters.add("slack_posts_failed")
        return Failed(reason)
    asked = trouble.after if isinstance(trouble, TryAgain) else None
    pause = max(pause_after(tries), min(asked or timedelta(0), LONGEST_PAUSE))
    return Again(reason, pause, {"tries": tries})


def _text(
    message: dict[str, Any], head: dict[str, Any], public_url: str, job: Job, thread: Followed
) -> str | None:
    """What stands in Slack; nothing for a message without anything to read."""
    said = to_slack((message["content"] or "").strip())
    files = [f"📎 {to_slack(name)}" for name in message["files"]]
    body = "\n".join(part for part in (said, *files) if part)
    if not body or message["content_type"] == ContentType.INPUT_CSAT:
        return None
    who = message["sender"]
    if message["message_type"] == MessageType.INCOMING:
        who = who or head["contact"]
    name = to_slack(who or "Automatic message")
    first = f"🔒 *{name}* (note)" if message["private"] else f"*{name}*"
    lines = [f"{first}\n{body}"]
    if thread.external_id is None:
        number = head["display_id"]
        address = f"{public_url}/app/accounts/{job.account_id}/conversations/{number}"
        inbox = to_slack(head["inbox"])
        lines.insert(0, f"<{address}|#{number}> {to_slack(head['contact'])} · {inbox}")
    return "\n".join(lines)
