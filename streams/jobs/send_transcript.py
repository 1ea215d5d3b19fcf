"""Send a conversation to somebody by mail: what customer and desk said, oldest first."""

from datetime import datetime
from typing import Any

from desk.store.jobs import Job
from desk.words.channels import ChannelKind
from desk.words.ids import MessageId
from ingest.channel_catalogue import channel_of
from ingest.channel_contract import Letter, OutgoingMessage, Rejected, TryAgain, Unknown
from streams.jobs.letters import with_relay
from streams.jobs.outcome import Again, Done, Failed, Outcome, pause_after
from streams.jobs.workshop import Workshop

MOST_MESSAGES = 1_000
LONGEST = 4 * 1024 * 1024
"""Characters of one mail."""

_HEAD = """
select c.display_id, c.additional_attributes ->> 'mail_subject' as subject, k.name as contact,
       a.name as account, i.address, i.name as inbox_name, i.config, i.secrets
from conversations c
join contacts k on k.account_id = c.account_id and k.id = c.contact_id
join accounts a on a.id = c.account_id
join inboxes i on i.account_id = c.account_id and i.id = %(inbox)s
where c.account_id = %(account)s and c.id = %(conversation)s"""

_SAID = """
select page.content, page.created_at, page.sender, page.files from (
    select m.id, m.content, m.created_at,
           case m.sender_type when 'User' then coalesce(u.display_name, u.name)
               when 'AgentBot' then b.name when 'Contact' then k.name end as sender,
           array(select coalesce(f.file_name, 'file') from attachments f
                 where f.account_id = m.account_id and f.message_id = m.id order by f.id) as files
    from messages m
    left join users u on m.sender_type = 'User' and u.id = m.sender_id
    left join agent_bots b on m.sender_type = 'AgentBot'
        and b.account_id = m.account_id and b.id = m.sender_id
    left join contacts k on m.sender_type = 'Contact'
        and k.account_id = m.account_id and k.id = m.sender_id
    where m.account_id = %(account)s and m.conversation_id = %(conversation)s
      and m.message_type <> 2 and not m.private
    order by m.id desc limit %(most)s) page
order by page.id"""


async def send_transcript(job: Job, work: Workshop) -> Outcome:
    """Write it down as it is now; the mail has the same id at every try."""
    asked = {
        "account": job.account_id,
        "conversation": job.payload["conversation_id"],
        "inbox": job.payload["inbox_id"],
        "most": MOST_MESSAGES,
    }
    async with work.desk.transaction(job.account_id) as tx:
        head = await tx.first(_HEAD, asked)
        said = await tx.all(_SAID, asked)
    if head is None:
        return Done("the conversation or the mail inbox is gone")
    sealed = head["secrets"]
    secrets = work.desk.secrets.open(sealed, f"inboxes:{job.payload['inbox_id']}") if sealed else {}
    mail = OutgoingMessage(
        MessageId(0),
        job.payload["to"],
        content=transcript(head, said),
        letter=Letter(
            mail_id=f"transcripts/{job.key}@{head['address'].rpartition('@')[2]}",
            conversation="",
            subject=head["subject"] or f"Conversation {head['display_id']} with {head['account']}",
            from_name=head["inbox_name"],
            automatic=True,
        ),
    )
    try:
        secrets = await with_relay(work, secrets, head["config"])
        await channel_of(ChannelKind.EMAIL).send(work.http, mail, secrets, head["config"])
    except Rejected as no:
        return Failed(no.reason)
    except (TryAgain, Unknown) as later:
        if job.attempt >= job.max_attempts:
            return Failed(later.reason)
        return Again(later.reason, pause_after(job.attempt))
    return Done()


def transcript(head: dict[str, Any], said: list[dict[str, Any]]) -> str:
    """The conversation as a text for people."""
    lines = [f"Conversation {head['display_id']} of {head['contact'] or 'a customer'}", ""]
    for one in said:
        who = one["sender"] or head["account"]
        lines += [f"{who}, {_moment(one['created_at'])}", one["content"] or ""]
        lines += [f"[{name}]" for name in one["files"]]
        lines.append("")
    return "\n".join(lines)[:LONGEST]


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
