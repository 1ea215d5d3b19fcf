"""Sending: one mail to one relay, and the truth about what became of it."""

import asyncio
import socket
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import aiosmtplib
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from ingest.channel_contract import (
    Config,
    Letter,
    OutgoingMessage,
    Rejected,
    Secrets,
    SendResult,
    TryAgain,
    Unknown,
)
from ingest.channels.email.compose import compose, wire_form
from ingest.channels.email.relay import Relay, relay_of

CONNECT_SECONDS = 10.0
COMMAND_SECONDS = 20.0
TAKING_SECONDS = 60.0
"""How long a server may look at a whole mail before it says that it took it."""
GREYLISTED = timedelta(seconds=60)
"""A server that says "later" means minutes."""

_NEVER_TALKED = (SMTPConnectError, SMTPServerDisconnected, SMTPTimeoutError, OSError, ssl.SSLError)


async def send(outgoing: OutgoingMessage, secrets: Secrets, config: Config) -> SendResult:
    """Hand the mail over; its Message-ID is known before the first try."""
    address = str(config.get("email") or "")
    if not address:
        raise Rejected("the inbox lacks its e-mail address")
    if not (outgoing.content or outgoing.files):
        raise Rejected("the message has neither text nor files")
    relay = relay_of(secrets, config)
    letter = outgoing.letter or _plain_letter(outgoing, address)
    mail = await compose(outgoing, letter, address, datetime.now(UTC))
    recipients = list(dict.fromkeys(map(wire_form, (outgoing.to, *letter.cc, *letter.bcc))))
    await _hand_over(relay, address, recipients, mail.as_bytes())
    return SendResult(letter.mail_id)


def _plain_letter(outgoing: OutgoingMessage, address: str) -> Letter:
    domain = address.rpartition("@")[2]
    return Letter(f"messages/{int(outgoing.message_id)}@{domain}", "", "A message for you")


async def _hand_over(relay: Relay, sender: str, recipients: Sequence[str], mail: bytes) -> None:
    client = aiosmtplib.SMTP(
        hostname=relay.host,
        # A socket of ours already knows its port.
        port=relay.port if relay.connect_to is None else None,
        timeout=COMMAND_SECONDS,
        use_tls=relay.tls,
        # Whether to upgrade is decided below, where what fails can be told apart.
        start_tls=False,
        local_hostname=sender.rpartition("@")[2] or "localhost",
    )
    try:
        await _greet(client, relay)
        await _address(client, sender, recipients)
        await _deliver(client, mail)
    finally:
        client.close()


async def _greet(client: aiosmtplib.SMTP, relay: Relay) -> None:
    try:
        if relay.connect_to is None:
            await client.connect(timeout=CONNECT_SECONDS)
        else:
            # The name was checked: whoever answers for it a second time is not asked. The
            # certificate must still be the name's.
            await client.connect(
                sock=await _socket_to(relay.connect_to, relay.port), timeout=CONNECT_SECONDS
            )
        await client.ehlo()
        if _shall_upgrade(client, relay):
            await client.starttls(server_hostname=relay.host)
            await client.ehlo()
        if relay.login is not None:
            await client.login(relay.login, relay.password or "")
    except SMTPAuthenticationError as error:
        if error.code >= 500:
            raise Rejected(f"the mail server refuses the login: {_told(error)}") from error
        raise TryAgain(f"the mail server cannot check the login: {_told(error)}") from error
    except SMTPResponseException as error:
        raise _outcome(error) from error
    except _NEVER_TALKED as error:
        raise TryAgain(f"the mail server cannot be reached: {type(error).__name__}") from error
    except SMTPException as error:
        raise TryAgain(f"the mail server cannot be used: {error}"[:300]) from error


def _shall_upgrade(client: aiosmtplib.SMTP, relay: Relay) -> bool:
    if relay.tls or relay.start_tls is False:
        return False
    offered = client.supports_extension("starttls")
    if relay.start_tls and not offered:
        raise Rejected(f"{relay.host} offers no TLS, and the password must not travel openly")
    return offered


async def _socket_to(address: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    connected = socket.socket(family, socket.SOCK_STREAM)
    connected.setblocking(False)
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            await asyncio.get_running_loop().sock_connect(connected, (address, port))
    except (OSError, TimeoutError):
        connected.close()
        raise
    return connected


async def _address(client: aiosmtplib.SMTP, sender: str, recipients: Sequence[str]) -> None:
    """Nothing of the mail is under way yet: whatever fails here certainly was not sent."""
    try:
        await client.mail(sender)
        for recipient in recipients:
            await client.rcpt(recipient)
    except SMTPResponseException as error:
        raise _outcome(error) from error
    except (SMTPException, OSError) as error:
        raise TryAgain(f"the mail server went away: {type(error).__name__}") from error


async def _deliver(client: aiosmtplib.SMTP, mail: bytes) -> None:
    try:
        await client.data(mail, timeout=TAKING_SECONDS)
    except SMTPResponseException as error:
        if 400 <= error.code < 600:
            raise _outcome(error) from error
        raise Unknown(f"the mail server answered strangely: {_told(error)}") from error
    except (SMTPException, OSError) as error:
        raise Unknown(f"the mail server did not say whether: {type(error).__name__}") from error


def _outcome(error: SMTPResponseException) -> Rejected | TryAgain:
    if error.code >= 500:
        return Rejected(_told(error), str(error.code))
    return TryAgain(_told(error), GREYLISTED)


def _told(error: SMTPResponseException) -> str:
    said = " ".join(str(error.message).split())
    return f"{error.code} {said}"[:500]
