"""The simulated mail server: takes what it is brought, and goes wrong as it is told."""

import asyncio
import email
import email.policy
from collections import deque
from email.message import EmailMessage
from enum import StrEnum
from typing import Any

import msgspec
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from desk.clock import Clock
from ingest.simulators.email.ledger import Ledger, Sent

LARGEST_MAIL = 40 * 1024 * 1024
NOT_LET_IN = "wrong"
"""Who comes with this word is turned away."""


class Ailment(StrEnum):
    """How the next mail goes wrong."""

    REFUSE = "refuse"
    """550: there is nobody at that address."""
    GREYLIST = "greylist"
    """451 until the sender comes again."""
    BUSY = "busy"
    """421 at once."""
    REFUSE_CONTENT = "refuse_content"
    """554 after the whole mail."""
    DROP_BEFORE_DATA = "drop_before_data"
    """The line is cut before the mail."""
    DROP_AFTER_DATA = "drop_after_data"
    """The mail is taken, and the line is cut before that is said."""


class Fault(msgspec.Struct, frozen=True):
    """How many of the next mails, to whom, go wrong in which way."""

    kind: Ailment
    times: int = 1
    to: str | None = None
    """Only mails to this address; absent: to anybody."""


class MailServer:
    """Speaks SMTP on a port of this machine; what it takes stands in the ledger."""

    def __init__(self, ledger: Ledger, clock: Clock, port: int) -> None:
        self._ledger = ledger
        self._clock = clock
        self._wanted_port = port
        self._server: asyncio.Server | None = None
        self._faults: deque[Fault] = deque()

    @property
    def port(self) -> int:
        """The port it listens on, once it does."""
        if self._server is None:
            return self._wanted_port
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self) -> None:
        self._server = await asyncio.get_running_loop().create_server(
            self._welcome, "127.0.0.1", self._wanted_port
        )

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()

    def plan(self, fault: Fault) -> None:
        """Let mails go wrong."""
        self._faults.extend([msgspec.structs.replace(fault, times=1)] * fault.times)

    def fault_for(self, recipients: list[str], *kinds: Ailment) -> Ailment | None:
        """The next planned fault, if it is of these kinds and for these people; it is used up."""
        for fault in self._faults:
            if fault.to is None or fault.to in recipients:
                if fault.kind not in kinds:
                    return None
                self._faults.remove(fault)
                return fault.kind
        return None

    def take(self, envelope: Envelope) -> None:
        """Keep a mail, whole and taken apart."""
        raw = envelope.original_content or b""
        self._ledger.keep(
            Sent(
                self._clock.now(),
                envelope.rcpt_tos[0],
                {
                    "mail_from": envelope.mail_from,
                    "rcpt_to": list(envelope.rcpt_tos),
                    **taken_apart(raw),
                    "raw": raw.decode("utf-8", "replace"),
                },
            )
        )

    def _welcome(self) -> SMTP:
        return SMTP(
            _Handler(self),
            data_size_limit=LARGEST_MAIL,
            enable_SMTPUTF8=True,
            hostname="mail.example",
            auth_require_tls=False,
            authenticator=_let_in,
            loop=asyncio.get_running_loop(),
        )


def taken_apart(raw: bytes) -> dict[str, Any]:
    """What a mail says, for readers who do not want to parse it."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    return {
        "subject": str(mail["Subject"] or ""),
        "from": str(mail["From"] or ""),
        "message_id": str(mail["Message-ID"] or "").strip("<>"),
        "headers": {name.lower(): str(value) for name, value in mail.items()},
        "text": _text(plain),
        "html": _text(html) or None,
        "attachments": [
            {
                "name": part.get_filename(),
                "content_type": part.get_content_type(),
                "size": len(part.get_payload(decode=True) or b""),
            }
            for part in mail.iter_attachments()
        ],
    }


def _text(part: Any) -> str:
    return str(part.get_content()) if isinstance(part, EmailMessage) else ""


def _let_in(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
) -> AuthResult:
    wrong = isinstance(given, LoginPassword) and given.password == NOT_LET_IN.encode()
    return AuthResult(success=not wrong)


class _Handler:
    """What is answered to each step: aiosmtpd calls these by name."""

    def __init__(self, server: MailServer) -> None:
        self._server = server

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        match self._server.fault_for(
            [address],
            Ailment.REFUSE,
            Ailment.GREYLIST,
            Ailment.BUSY,
            Ailment.DROP_BEFORE_DATA,
        ):
            case Ailment.REFUSE:
                return "550 5.1.1 There is nobody of that name here"
            case Ailment.GREYLIST:
                return "451 4.7.1 Greylisted, please come again in a minute"
            case Ailment.BUSY:
                return "421 4.7.0 Too much to do, try again later"
            case Ailment.DROP_BEFORE_DATA:
                _hang_up(server)
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        fault = self._server.fault_for(
            envelope.rcpt_tos, Ailment.REFUSE_CONTENT, Ailment.DROP_AFTER_DATA
        )
        if fault is Ailment.REFUSE_CONTENT:
            return "554 5.7.1 We do not want a mail like this"
        self._server.take(envelope)
        if fault is Ailment.DROP_AFTER_DATA:
            _hang_up(server)
        return "250 2.0.0 Taken"


def _hang_up(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.WriteTransport):
        server.transport.abort()
