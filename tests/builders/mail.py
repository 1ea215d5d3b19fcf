"""An e-mail inbox of a small account, and its door."""

import asyncio
import itertools
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiosmtplib
from prometheus_client import CollectorRegistry

from desk.actions.open_inbox import InboxDetails, open_inbox, set_inbox_members
from desk.store.desk import Desk
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.ids import AccountId, InboxId
from ingest.receiver.intake import Intake
from ingest.receiver.smtp_door import Visitors
from tests.builders.accounts import SmallDesk

_numbers = itertools.count(secrets.randbelow(10**6) * 1000)


@dataclass(frozen=True)
class MailInbox:
    """An address of an account."""

    id: InboxId
    account_id: AccountId
    address: str


async def mail_inbox(desk: Desk, at: SmallDesk, *, locked_to_single: bool = False) -> MailInbox:
    """Open an e-mail inbox that the account's agent works in."""
    address = f"support@company-{next(_numbers)}.example"
    async with desk.transaction(at.account_id) as tx:
        inbox_id = await open_inbox(
            tx,
            InboxDetails(
                name="Halden Air support",
                channel=ChannelKind.EMAIL,
                address=address,
                config={"email": address},
                secrets={"hmac_token": "an inbox's key"},
                lock_to_single_conversation=locked_to_single,
                enable_auto_assignment=False,
            ),
            secrets=desk.secrets,
            by=Actor.system(),
        )
        await set_inbox_members(tx, inbox_id, [at.agent], by=Actor.system())
    return MailInbox(inbox_id, at.account_id, address)


class MailDoors:
    """The SMTP door on a port of this machine."""

    def __init__(self, port: int) -> None:
        self.port = port

    async def bring(
        self, mail: bytes, *to: str, sender: str | None = "amara@okonkwo.example"
    ) -> tuple[dict[str, aiosmtplib.SMTPResponse], str]:
        """Hand one mail in; raises what aiosmtplib raises."""
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=self.port, start_tls=False) as client:
            return await client.sendmail(sender or "", list(to), mail)


@asynccontextmanager
async def mail_door(desk: Desk) -> AsyncIterator[MailDoors]:
    """The door as its process opens it."""
    intake = Intake(desk, CollectorRegistry())
    visitors = Visitors(intake, "desk.example")
    server = await asyncio.get_running_loop().create_server(visitors.welcome, "127.0.0.1", 0)
    try:
        yield MailDoors(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        await visitors.leave()
        await intake.close()
