"""An account's mail from door to relay: customers who write, agents who answer, a server that takes."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec

from desk.actions.change_status import change_status
from desk.actions.send_reply import send_reply, send_template
from desk.actions.write_message import StoredFile
from desk.clock import FixedClock
from desk.settings import Mail, Settings
from desk.store.conversations import lock_conversation
from desk.store.desk import Desk
from desk.store.files import FileStore
from desk.words.actor import Actor
from desk.words.conversation import ConversationStatus, FileType
from desk.words.ids import ConversationId, MessageId
from ingest.simulators.email.ledger import Ledger
from ingest.simulators.email.server import Ailment, Fault, MailServer
from tests.builders.accounts import SmallDesk, small_desk
from tests.builders.mail import MailDoors, MailInbox, mail_door, mail_inbox
from tests.ingest.probes.email import mail
from tests.settle import settle

_numbers = itertools.count(1)


class PostOffice:
    """One inbox, its door, and the server that takes our mails."""

    def __init__(
        self,
        desk: Desk,
        at: SmallDesk,
        inbox: MailInbox,
        door: MailDoors,
        server: MailServer,
        ledger: Ledger,
        files: FileStore,
    ) -> None:
        self.desk = desk
        self.at = at
        self.inbox = inbox
        self.door = door
        self.server = server
        self.files = files
        self._ledger = ledger

    async def writes(
        self, text: str, *, source_id: str = "", to: str = "", sender: str = "", **headers: str
    ) -> str:
        """A customer's mail arrives and is taken in; its id."""
        source_id = source_id or f"mail-{next(_numbers)}@{self.inbox.address}"
        raw = mail(
            text,
            source_id=source_id,
            to=to or self.inbox.address,
            sender=sender or "Amara Okonkwo <amara@okonkwo.example>",
            **headers,
        )
        await self.brings(raw, to=to)
        return source_id

    async def begins(self) -> int:
        """A customer's mail begins a conversation; which one."""
        first = await self.writes("Where is my bag?")
        return (await self.homes())[first]

    async def brings(self, raw: bytes, *, to: str = "") -> None:
        """Bytes arrive as they are."""
        await self.door.bring(raw, to or self.inbox.address)
        await self.settle()

    async def settle(self) -> None:
        await settle(self.desk, self.at.account_id, files=self.files)

    async def answers(
        self, conversation: int, text: str = "It is on its way.", *, file: bytes = b"", **said: Any
    ) -> MessageId:
        """The agent answers; the mail goes out."""
        files: tuple[StoredFile, ...] = ()
        if file:
            key = await self.files.put(self.at.account_id, file)
            files = (
                StoredFile(key, FileType.FILE, "Beleg über 10.pdf", "application/pdf", len(file)),
            )
        async with self.desk.transaction(self.at.account_id) as tx:
            row = await lock_conversation(tx, ConversationId(conversation))
            message_id = await send_reply(
                tx, row, text, by=self.at.agent, files=files, content_attributes=said or None
            )
        await self.settle()
        return message_id

    async def answers_by_itself(self, conversation: int, text: str = "We are closed.") -> None:
        """A rule of the desk answers."""
        async with self.desk.transaction(self.at.account_id) as tx:
            row = await lock_conversation(tx, ConversationId(conversation))
            await send_template(tx, row, text, by=Actor.system())
        await self.settle()

    async def resolves(self, conversation: int) -> None:
        async with self.desk.transaction(self.at.account_id) as tx:
            row = await lock_conversation(tx, ConversationId(conversation))
            await change_status(tx, row, ConversationStatus.RESOLVED, by=Actor.user(self.at.agent))

    async def messages(self) -> list[dict[str, Any]]:
        """What stands in the inbox, oldest first."""
        async with self.desk.transaction(self.at.account_id) as tx:
            return await tx.all(
                "select * from messages where inbox_id = %s and message_type <> 2 order by id",
                [self.inbox.id],
            )

    async def homes(self) -> dict[str, int]:
        """The conversation of each mail."""
        return {m["source_id"]: m["conversation_id"] for m in await self.messages()}

    async def rows(self, sql: str) -> list[dict[str, Any]]:
        async with self.desk.transaction(self.at.account_id) as tx:
            return await tx.all(sql)

    def taken(self) -> list[dict[str, Any]]:
        """The mails the server took."""
        return [item.request for item in self._ledger.sent_since(0, 100)[1]]

    def fails(self, kind: Ailment, times: int = 1) -> None:
        self.server.plan(Fault(kind, times))


@asynccontextmanager
async def post_office(
    settings: Settings, clock: FixedClock, folder: Path, **inbox: Any
) -> AsyncIterator[PostOffice]:
    """Open it for a new account."""
    ledger = Ledger(folder)
    server = MailServer(ledger, clock, 0)
    await server.start()
    relay = Mail(port=0, relay_url=f"smtp://127.0.0.1:{server.port}")
    desk = Desk.open(msgspec.structs.replace(settings, mail=relay), clock=clock, connections=4)
    at = await small_desk(desk)
    files = FileStore((folder / "files").as_uri())
    try:
        async with mail_door(desk) as door:
            yield PostOffice(
                desk, at, await mail_inbox(desk, at, **inbox), door, server, ledger, files
            )
    finally:
        await server.close()
        ledger.close()
        await desk.close()
