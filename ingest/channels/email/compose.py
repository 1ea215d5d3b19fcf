"""Our answer as a mail: its headers, its words, its files."""

import re
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from ingest.channel_contract import Letter, OutgoingFile, OutgoingMessage, Rejected

MOST_REFERENCES = 20
LARGEST_MAIL = 25 * 1024 * 1024
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_MAIL_POLICY = SMTP.clone(max_line_length=998)


async def compose(
    outgoing: OutgoingMessage, letter: Letter, inbox_address: str, at: datetime
) -> EmailMessage:
    """The mail with everything a good one has."""
    mail = EmailMessage(policy=_MAIL_POLICY)
    mail["From"] = _named(inbox_address, letter.from_name)
    mail["To"] = _named(outgoing.to)
    if letter.cc:
        mail["Cc"] = [_named(address) for address in letter.cc]
    if letter.conversation:
        mail["Reply-To"] = _named(
            address_for_answers(inbox_address, letter.conversation), letter.from_name
        )
    mail["Subject"] = _one_line(letter.subject)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{letter.mail_id}>"
    _follow(mail, outgoing.in_reply_to, letter.references)
    if letter.automatic:
        mail["Auto-Submitted"] = "auto-replied" if outgoing.in_reply_to else "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(outgoing.content or "", cte="quoted-printable")
    size = 0
    for file in outgoing.files:
        size += await _attach(mail, file)
        if size > LARGEST_MAIL:
            raise Rejected(f"the files are larger than {LARGEST_MAIL:,} bytes together")
    return mail


def address_for_answers(inbox_address: str, conversation: str) -> str:
    """`support+<conversation>@…`: whatever else an answer lacks, this leads it back."""
    local, at, domain = inbox_address.rpartition("@")
    return f"{local}+{conversation}{at}{domain}"


def _follow(mail: EmailMessage, answered: str | None, before: tuple[str, ...]) -> None:
    if not answered or _CONTROL.search(answered):
        return
    mail["In-Reply-To"] = f"<{answered}>"
    chain = [one for one in before if one != answered and not _CONTROL.search(one)]
    if len(chain) > MOST_REFERENCES:
        # The first names the whole thread, the last ones what is being talked about.
        chain = [chain[0], *chain[1 - MOST_REFERENCES :]]
    mail["References"] = " ".join(f"<{one}>" for one in [*chain, answered])


async def _attach(mail: EmailMessage, file: OutgoingFile) -> int:
    if file.open is None:
        raise Rejected(f"the file {file.name!r} has no bytes")
    content = b"".join([piece async for piece in file.open()])
    kind, slash, detail = file.mime_type.partition(";")[0].strip().lower().partition("/")
    usable = slash and re.fullmatch(r"[a-z0-9.+-]+", kind) and re.fullmatch(r"[a-z0-9.+-]+", detail)
    if not usable or kind in ("multipart", "message"):
        kind, detail = "application", "octet-stream"
    mail.add_attachment(content, maintype=kind, subtype=detail, filename=_one_line(file.name))
    return len(content)


def wire_form(address: str) -> str:
    """The address as every mail server understands it; raises Rejected when there is none."""
    local, _, domain = _one_line(address).rpartition("@")
    try:
        written = f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError as error:
        raise Rejected(f"{address[:200]!r} is no mail address") from error
    if not local or not local.isascii():
        raise Rejected(f"{address[:200]!r}: only names in plain letters can be reached")
    return written


def _named(address: str, name: str = "") -> Address:
    try:
        return Address(_one_line(name), addr_spec=wire_form(address))
    except (ValueError, IndexError) as error:
        raise Rejected(f"{address[:200]!r} is no mail address") from error


def _one_line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
