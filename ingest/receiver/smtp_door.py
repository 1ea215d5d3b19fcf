"""`python -m ingest.receiver.smtp_door`: the process that mail servers bring mail to."""

import asyncio
import logging
import os
import signal
import sys
from urllib.parse import urlsplit

import structlog
import uvloop
from prometheus_client import CollectorRegistry
from typing_extensions import override

from desk.settings import Settings, SettingsError
from desk.store.desk import Desk
from desk.watching.begin import begin
from desk.watching.watch import end_watching
from ingest.receiver.intake import Intake
from ingest.receiver.smtp_session import Handler, MailDoor

FAREWELL_SECONDS = 5.0
"""How long those who are in the middle of a mail may go on."""

log = structlog.get_logger()


class Visitors:
    """Who is at the door, and how many there may be."""

    def __init__(self, intake: Intake, hostname: str, *, most: int = 100) -> None:
        self._handler = Handler(intake)
        self._hostname = hostname
        self._most = most
        self._doors: set[MailDoor] = set()

    def welcome(self) -> asyncio.Protocol:
        """A fresh conversation; beyond the most, one that ends at once: servers come again."""
        if len(self._doors) >= self._most:
            return _Full()
        door = MailDoor(self._handler, self._hostname, gone=self._doors.discard)
        self._doors.add(door)
        return door

    async def leave(self) -> None:
        """Wait until the mails that are being journalled are, but not for ever."""
        self._handler.closing = True
        async with asyncio.timeout(FAREWELL_SECONDS):
            while self._handler.busy:
                await asyncio.sleep(0.05)


class _Full(asyncio.Protocol):
    """Says that there are too many, and hangs up."""

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            transport.write(b"421 4.7.0 Too many connections; come again\r\n")
        transport.close()


async def receive_mail(settings: Settings, stop: asyncio.Event) -> None:
    """Take mail until told to stop."""
    desk = Desk.open(settings, connections=4)
    intake = Intake(desk, CollectorRegistry())
    hostname = urlsplit(settings.addresses.public_url).hostname or "localhost"
    visitors = Visitors(intake, hostname)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        visitors.welcome, settings.addresses.bind, settings.mail.port, reuse_address=True
    )
    log.info("listening", port=settings.mail.port)
    try:
        await stop.wait()
    finally:
        server.close()
        try:
            await visitors.leave()
        except TimeoutError:
            log.warning("left_in_the_middle")
        await intake.close()
        await desk.close()


async def _until_told(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await receive_mail(settings, stop)


def main() -> None:
    try:
        settings = Settings.from_environment(os.environ)
    except SettingsError as error:
        sys.exit(str(error))
    begin("mail", settings)
    # The library names every visitor and every address.
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    try:
        asyncio.Runner(loop_factory=uvloop.new_event_loop).run(_until_told(settings))
    except Exception:
        log.critical("process_failed", exc_info=True)
        raise
    finally:
        end_watching()


if __name__ == "__main__":
    main()
