"""Send a text message through the account's sender: Twilio's REST format, never blindly twice."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import msgspec

from desk.actions.name_sms_sender import sealing_context
from desk.automation.errands import Errand
from desk.store.automation import sms_sender
from desk.store.jobs import Job
from desk.store.transaction import TenantTx
from desk.words.errors import NotFound
from ingest.channel_contract import Rejected, TryAgain, Unknown
from streams.jobs.errands import PutOff, Told, ask, keep_errand
from streams.jobs.outcome import Outcome
from streams.jobs.workshop import Workshop

LONGEST_BODY = 1600
"""Twilio refuses more."""
CLOCKS_DIFFER_BY = timedelta(minutes=1)

_TOLD_OF = """
select coalesce(nullif(k.name, ''), k.phone_number) as contact, m.content
from conversations c
join contacts k on k.account_id = c.account_id and k.id = c.contact_id
left join messages m on m.account_id = c.account_id and m.conversation_id = c.id and m.id = %s
where c.account_id = %s and c.id = %s"""


class Sender(msgspec.Struct, frozen=True):
    """Whose number it is, and the way to Twilio."""

    account_sid: str
    auth_token: str
    from_number: str
    api_base_url: str

    @property
    def messages_url(self) -> str:
        return f"{self.api_base_url}/2010-04-01/Accounts/{self.account_sid}/Messages.json"


class _Message(msgspec.Struct):
    sid: str
    body: str | None = None
    date_created: str | None = None


class _MessageList(msgspec.Struct):
    messages: list[_Message]


class _Problem(msgspec.Struct):
    message: str
    code: int | None = None


async def send_sms(job: Job, work: Workshop) -> Outcome:
    """Send to every number that has not had it."""
    return await keep_errand(job, work, "send the text message", _send_all)


async def _send_all(errand: Errand, job: Job, work: Workshop) -> Told:
    async with work.desk.transaction(job.account_id) as tx:
        body = await _text(tx, errand)
        sender = await _sender(tx, work)
    # A try that was begun and never reported may have sent any of them.
    unsure = job.earlier_unfinished or bool(job.payload.get("unsure"))
    sent: dict[str, str] = dict(job.payload.get("sent") or {})
    refused: list[str] = []
    for number in errand.params:
        if number in sent:
            continue
        try:
            sid = await _found(sender, number, body, errand, work) if unsure else None
            sent[number] = sid or await _send(sender, number, body, errand, work)
        except Rejected as no:
            refused.append(f"{number}: {no.reason}")
        except (TryAgain, Unknown) as later:
            remember = {"sent": sent, "unsure": unsure or isinstance(later, Unknown)}
            after = later.after if isinstance(later, TryAgain) else None
            raise PutOff(later.reason, after, remember=remember) from later
    if refused:
        raise Rejected("; ".join(refused))
    return Told(
        ", ".join(f"{number}: {sid}" for number, sid in sent.items()),
        f"sent a text message to {', '.join(errand.params)}",
    )


async def _send(sender: Sender, to: str, body: str, errand: Errand, work: Workshop) -> str:
    answer = await ask(
        work,
        "POST",
        sender.messages_url,
        errand,
        auth=(sender.account_sid, sender.auth_token),
        data={"To": to, "From": sender.from_number, "Body": body},
    )
    if not answer.is_success:
        raise Rejected(_problem(answer))
    try:
        return msgspec.json.decode(answer.content, type=_Message).sid
    except msgspec.MsgspecError as error:
        raise Unknown("the answer is not Twilio's") from error


async def _found(sender: Sender, to: str, body: str, errand: Errand, work: Workshop) -> str | None:
    """The message, if Twilio has it: asked before anything is sent that may have been sent."""
    fired_at = datetime.fromisoformat(errand.fired_at)
    answer = await ask(
        work,
        "GET",
        sender.messages_url,
        errand,
        auth=(sender.account_sid, sender.auth_token),
        params={
            "To": to,
            "From": sender.from_number,
            "DateSent>": f"{fired_at - timedelta(days=1):%Y-%m-%d}",
            "PageSize": "100",
        },
    )
    if not answer.is_success:
        raise Rejected(_problem(answer))
    try:
        known = msgspec.json.decode(answer.content, type=_MessageList).messages
    except msgspec.MsgspecError as error:
        raise TryAgain("the list of messages is not Twilio's") from error
    since = fired_at - CLOCKS_DIFFER_BY
    return next((one.sid for one in known if one.body == body and _made(one) >= since), None)


def _made(message: _Message) -> datetime:
    try:
        return parsedate_to_datetime(message.date_created or "").astimezone(UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _problem(answer: httpx.Response) -> str:
    try:
        problem = msgspec.json.decode(answer.content, type=_Problem)
    except msgspec.MsgspecError:
        return f"Twilio answered {answer.status_code}"
    return f"{problem.message} ({problem.code or answer.status_code})"


async def _text(tx: TenantTx, errand: Errand) -> str:
    row: dict[str, Any] | None = await tx.first(
        _TOLD_OF, [errand.message_id, tx.account_id, errand.conversation_id]
    )
    if row is None:
        raise NotFound("conversation_not_found", "The conversation is gone.")
    last = row["content"] or "a message without text"
    text = f"New conversation from {row['contact']}: {last}"
    return text if len(text) <= LONGEST_BODY else f"{text[: LONGEST_BODY - 1]}…"


async def _sender(tx: TenantTx, work: Workshop) -> Sender:
    row = await sms_sender(tx)
    if row is None:
        raise Rejected("the account has no SMS sender")
    opened = work.desk.secrets.open(row.pop("auth_token"), sealing_context(tx.account_id))
    return Sender(auth_token=opened["auth_token"], **row)
