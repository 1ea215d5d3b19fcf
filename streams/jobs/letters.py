"""What an answer by mail says beside its words: read out of the conversation it belongs to."""

from datetime import timedelta
from typing import Any

import httpx
import msgspec

from desk.words.conversation import MessageType
from desk.words.ids import AccountId
from ingest.channel_contract import Letter, OutgoingMessage, Rejected, TryAgain
from ingest.outgoing import public_address
from streams.jobs.workshop import Workshop

MOST_BY_ITSELF = 5
"""Mails that the desk writes by itself into one conversation within the time below."""
BY_ITSELF_WITHIN = timedelta(hours=1)

_LOAD = """
select m.message_type, m.sender_type, m.content_attributes, c.uuid::text as conversation,
       c.display_id, c.additional_attributes ->> 'mail_subject' as subject,
       i.name as inbox_name, i.address as inbox_address,
       answered.source_id as answered_id, answered.content_attributes -> 'email' as answered,
       exists (select from messages said
               where said.account_id = m.account_id and said.conversation_id = m.conversation_id
                 and said.id < m.id and said.message_type in (0, 1)
                 and not said.private) as continues,
       (select count(*) from messages own
        where own.account_id = m.account_id and own.conversation_id = m.conversation_id
          and own.id < m.id and own.message_type in (1, 3) and not own.private
          and own.sender_type is distinct from 'User'
          and own.created_at > m.created_at - %(within)s) as by_itself
from messages m
join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
join inboxes i on i.account_id = m.account_id and i.id = m.inbox_id
left join lateral (
    select a.source_id, a.content_attributes from messages a
    where a.account_id = m.account_id
      and a.conversation_id in (
          select m.conversation_id union all
          select part.id from conversations part
          where part.account_id = m.account_id and part.merged_into_id = m.conversation_id)
      and a.id < m.id and a.message_type = 0 and a.source_id is not null
    order by (a.source_id = m.content_attributes ->> 'in_reply_to_external_id') desc nulls last,
             a.id desc
    limit 1) answered on true
where m.account_id = %(account)s and m.id = %(message)s"""


async def as_letter(
    work: Workshop, account_id: AccountId, outgoing: OutgoingMessage
) -> OutgoingMessage:
    """The message as an answer to the customer's last mail, or to the one it quotes.

    Raises Rejected where two programs would answer each other.
    """
    async with work.desk.transaction(account_id) as tx:
        row = await tx.one(
            _LOAD,
            {"account": account_id, "message": outgoing.message_id, "within": BY_ITSELF_WITHIN},
        )
    answered = row["answered"] or {}
    automatic = row["message_type"] == MessageType.TEMPLATE or row["sender_type"] != "User"
    if automatic:
        _refuse_a_loop(row, answered)
    attributes = row["content_attributes"]
    to = next(iter(_addresses(attributes.get("to_emails"))), None) or _answer_to(answered, row)
    letter = Letter(
        mail_id=mail_id(row, int(outgoing.message_id)),
        conversation=row["conversation"],
        subject=_subject(row),
        from_name=row["inbox_name"],
        cc=_addresses(attributes.get("cc_emails")),
        bcc=_addresses(attributes.get("bcc_emails")),
        references=tuple(one for one in answered.get("references") or () if isinstance(one, str)),
        automatic=automatic,
    )
    return msgspec.structs.replace(
        outgoing, letter=letter, to=to or outgoing.to, in_reply_to=row["answered_id"]
    )


def mail_id(row: dict[str, Any], message_id: int) -> str:
    """The Message-ID that this message of ours has, whenever and however often it is sent."""
    domain = row["inbox_address"].rpartition("@")[2]
    return f"conversation/{row['conversation']}/messages/{message_id}@{domain}"


async def with_relay(
    work: Workshop, secrets: dict[str, Any], config: dict[str, Any]
) -> dict[str, Any]:
    """The credentials, with the desk's own relay, and the checked address of a named server."""
    settings = work.desk.settings
    secrets = {**secrets, "relay": settings.mail.relay_url}
    secrets.pop("connect_to", None)
    host = str(config.get("smtp_address") or "")
    if host and not settings.security.allow_private_targets:
        # Whoever set up the inbox named the server: it must not be one of our own network.
        try:
            secrets["connect_to"] = await public_address(host, 25)
        except httpx.ConnectError as error:
            raise TryAgain(f"the mail server cannot be reached: {error}") from error
    return secrets


def _refuse_a_loop(row: dict[str, Any], answered: dict[str, Any]) -> None:
    if answered.get("auto_reply") or answered.get("from_a_list"):
        raise Rejected("The last mail was written by a program; it gets no automatic answer.")
    if row["by_itself"] >= MOST_BY_ITSELF:
        raise Rejected(
            f"The desk has written {MOST_BY_ITSELF} mails by itself within the hour; "
            "perhaps a program answers them."
        )


def _answer_to(answered: dict[str, Any], row: dict[str, Any]) -> str | None:
    """Where the writer of the answered mail wants answers; never our own address."""
    ours = row["inbox_address"].lower()
    for name in ("reply_to", "from"):
        for address in _addresses(answered.get(name)):
            if address != ours:
                return address
    return None


def _subject(row: dict[str, Any]) -> str:
    given = row["content_attributes"].get("subject")
    if isinstance(given, str) and given.strip():
        return given
    subject = (row["subject"] or "").strip()
    if not subject:
        subject = f"Your message to {row['inbox_name']} (#{row['display_id']})"
    if not row["continues"] or subject.lower().startswith(("re:", "aw:", "sv:")):
        return subject
    return f"Re: {subject}"


def _addresses(given: object) -> tuple[str, ...]:
    """A list of addresses, or a text with commas between them."""
    if isinstance(given, str):
        given = given.split(",")
    if not isinstance(given, list | tuple):
        return ()
    found = (one.strip().lower() for one in given if isinstance(one, str))
    return tuple(dict.fromkeys(one for one in found if "@" in one))
