"""One conversation with a mail server or program that brings mail."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from typing_extensions import override

from desk.words.channels import ChannelKind
from desk.words.errors import DeskError, NotFound, Transient
from ingest.receiver.doors import Door
from ingest.receiver.intake import Intake

LARGEST_MAIL = 25 * 1024 * 1024
LONGEST_LINE = 1024 * 1024
"""The standard says a thousand bytes; programs that wrap nothing are many."""
MOST_RECIPIENTS = 100
SILENCE_SECONDS = 120.0

TAKEN = "250 2.0.0 The mail is kept"
UNKNOWN = "550 5.1.1 There is nobody at this address"
LATER = "451 4.3.0 The desk cannot take mail just now; come again"
CLOSING = "421 4.3.2 The desk is stopping; come again"
TOO_MANY = "452 4.5.3 Too many recipients; send the rest in another mail"

ENVELOPE_TO = "x-envelope-to"
ENVELOPE_FROM = "x-envelope-from"

log = structlog.get_logger()


class MailDoor(SMTP):
    """The protocol, with lines as long as they come."""

    line_length_limit = LONGEST_LINE

    def __init__(
        self, handler: "Handler", hostname: str, *, gone: "Callable[[MailDoor], None]"
    ) -> None:
        super().__init__(
            handler,
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            hostname=hostname,
            ident="Streamdesk",
            timeout=SILENCE_SECONDS,
            loop=asyncio.get_running_loop(),
        )
        self._gone = gone

    @override
    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._gone(self)


class Handler:
    """What is answered to each step: aiosmtpd calls these by name."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self.busy = 0
        """Mails that are being journalled."""
        self.closing = False

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """An address is taken if an inbox has it."""
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return TOO_MANY
        if not address.isprintable():
            return UNKNOWN
        try:
            await self._intake.find(ChannelKind.EMAIL.value, address)
        except NotFound:
            return UNKNOWN
        except Transient:
            return LATER
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """The mail is in the journal of every inbox it is for before we say so."""
        if self.closing:
            return CLOSING
        self.busy += 1
        try:
            return await self._take(envelope)
        finally:
            self.busy -= 1

    async def _take(self, envelope: Envelope) -> str:
        body = envelope.original_content or b""
        sender = _plain(envelope.mail_from or "<>")
        try:
            doors = await self._doors(envelope)
            async with asyncio.TaskGroup() as tasks:
                for address, door in doors:
                    headers = {ENVELOPE_TO: _plain(address), ENVELOPE_FROM: sender}
                    tasks.create_task(self._intake.journal(door, headers, body))
        except* DeskError as group:
            # Whoever already has it will know it again when the whole mail comes a second time.
            log.warning("mail_not_taken", reasons=sorted(_codes(group)))
            doors = []
        if not doors:
            return LATER
        log.info("mail_taken", inboxes=[int(door.inbox_id) for _, door in doors], bytes=len(body))
        return TAKEN

    async def handle_exception(self, error: Exception) -> str:
        """Whatever one sender does, the next one is heard."""
        log.exception("mail_door_failed", exc_info=error)
        return LATER

    async def _doors(self, envelope: Envelope) -> list[tuple[str, Door]]:
        """Each inbox once, with the address by which the sender named it."""
        found: dict[int, tuple[str, Door]] = {}
        for address in envelope.rcpt_tos:
            door = await self._intake.find(ChannelKind.EMAIL.value, address)
            known = found.get(int(door.inbox_id))
            # `support+<conversation>@…` says more than `support@…`.
            if known is None or ("+" in address and "+" not in known[0]):
                found[int(door.inbox_id)] = (address, door)
        return list(found.values())


def _codes(group: "BaseExceptionGroup[Any]") -> set[str]:
    codes: set[str] = set()
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            codes |= _codes(error)
        elif isinstance(error, DeskError):
            codes.add(error.code)
    return codes


def _plain(address: str) -> str:
    return address.replace("\x00", "").encode("utf-8", "replace").decode()[:320]
