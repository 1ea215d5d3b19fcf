"""Make a ticket in another system and remember it on the conversation."""

from functools import partial
from typing import Any

import httpx
import msgspec

from desk.actions.link_ticket import link_ticket
from desk.automation.actions.create_external_ticket import opened_token
from desk.automation.errands import Errand
from desk.store.jobs import Job
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound
from desk.words.web_address import web_address
from ingest.channel_contract import Rejected
from streams.jobs.errands import Told, ask, keep_errand, refuse_unless_taken
from streams.jobs.outcome import Outcome
from streams.jobs.workshop import Workshop

RECENT = 10
"""Messages in the description."""
LONGEST_TITLE = 120

_HEAD = """
select c.display_id, coalesce(nullif(k.name, ''), k.phone_number, k.email, 'a customer') as contact
from conversations c join contacts k on k.account_id = c.account_id and k.id = c.contact_id
where c.account_id = %s and c.id = %s"""

_MESSAGES = """
select m.content, m.message_type, m.created_at, u.name as agent from messages m
left join users u on m.sender_type = 'User' and u.id = m.sender_id
where m.account_id = %s and m.conversation_id = %s and m.id <= coalesce(%s, m.id)
  and m.message_type in (0, 1, 3) and not m.private and coalesce(m.content, '') <> ''
order by m.id desc limit %s"""


class Ticket(msgspec.Struct):
    """What the other system answers, as far as we read it."""

    id: str | int
    url: str | None = None


async def create_external_ticket(job: Job, work: Workshop) -> Outcome:
    """Ask for the ticket."""
    return await keep_errand(job, work, "create a ticket", _create)


async def _create(errand: Errand, job: Job, work: Workshop) -> Told:
    wanted = errand.params[0]
    url = wanted["api_endpoint"]
    async with work.desk.transaction(job.account_id) as tx:
        body = await _body(tx, errand, work.desk.settings.addresses.public_url)
    token = opened_token(errand.params, job.account_id, work.desk.secrets)
    answer = await ask(
        work,
        "POST",
        url,
        errand,
        headers={"authorization": f"Bearer {token}"},
        json=body,
    )
    refuse_unless_taken(answer, url)
    ticket = _read(answer)
    effect = partial(_link, ticket_id=str(ticket.id), url=shown_address(ticket.url), errand=errand)
    return Told(f"ticket {ticket.id}", effect=effect)


async def _body(tx: TenantTx, errand: Errand, public_url: str) -> dict[str, Any]:
    head = await tx.first(_HEAD, [tx.account_id, errand.conversation_id])
    if head is None:
        raise NotFound("conversation_not_found", "The conversation is gone.")
    rows = await tx.all(
        _MESSAGES, [tx.account_id, errand.conversation_id, errand.message_id, RECENT]
    )
    said = [
        f"[{row['created_at']:%Y-%m-%d %H:%M} UTC] {_who(row, head['contact'])}: {row['content']}"
        for row in reversed(rows)
    ]
    last = next((row["content"] for row in rows if row["message_type"] == 0), "")
    title = f"{head['contact']}: {' '.join(last.split())}" if last else head["contact"]
    number = head["display_id"]
    return {
        "title": f"#{number} {title}"[:LONGEST_TITLE],
        "description": "\n".join(said),
        "priority": errand.params[0].get("priority"),
        "assignee": errand.params[0].get("assignee_email"),
        "conversation_url": f"{public_url}/app/accounts/{tx.account_id}/conversations/{number}",
    }


def _who(row: dict[str, Any], contact: str) -> str:
    return contact if row["message_type"] == 0 else row["agent"] or "Automatic message"


def _read(answer: httpx.Response) -> Ticket:
    try:
        ticket = msgspec.json.decode(answer.content, type=Ticket)
    except msgspec.MsgspecError:
        raise Rejected("the answer names no ticket: a JSON object with id was expected") from None
    if not str(ticket.id).strip() or len(str(ticket.id)) > 255:
        raise Rejected("the answer names no ticket: its id is empty or too long")
    return ticket


def shown_address(url: str | None) -> str | None:
    """The address, if a browser may be sent there."""
    try:
        return web_address(url, field="url")
    except Invalid:
        return None


async def _link(
    tx: TenantTx,
    conversation: ConversationRow,
    *,
    ticket_id: str,
    url: str | None,
    errand: Errand,
) -> None:
    await link_ticket(tx, conversation, ticket_id, url, by=Actor.rule(errand.rule_id))
