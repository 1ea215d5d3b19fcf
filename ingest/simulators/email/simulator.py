"""`/email/…`: how tests and the demo look at the simulated mail server, and let it fail."""

from pathlib import Path

import msgspec
from litestar import Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, JSONBody

from desk.clock import Clock
from ingest.simulators.email.ledger import Ledger, Sent
from ingest.simulators.email.server import Fault, MailServer

PAGE = 1000


class SentPage(msgspec.Struct, frozen=True):
    """What the desk sent, and the number with which to ask for what comes after."""

    next: int
    items: list[Sent]


@get("/sent")
async def list_sent(mail_ledger: NamedDependency[Ledger], since: FromQuery[int] = 0) -> SentPage:
    """Every mail the desk sent after number `since`, a thousand at a time."""
    following, items = mail_ledger.sent_since(since, PAGE)
    return SentPage(following, items)


@post("/faults", status_code=204)
async def plan_faults(data: JSONBody[Fault], mail_server: NamedDependency[MailServer]) -> None:
    """Let the next mails go wrong."""
    mail_server.plan(data)


@get("/server")
async def show_server(mail_server: NamedDependency[MailServer]) -> dict[str, str | int]:
    """Where the server listens."""
    return {"host": "127.0.0.1", "port": mail_server.port}


class EmailSimulator:
    """A mail server with its window for lookers-on."""

    def __init__(self, folder: Path, clock: Clock, smtp_port: int) -> None:
        self._ledger = Ledger(folder)
        self._server = MailServer(self._ledger, clock, smtp_port)

    def router(self) -> Router:
        """The routes under `/email`."""
        return Router(
            "/email",
            route_handlers=[list_sent, plan_faults, show_server],
            dependencies={
                "mail_ledger": Provide(lambda: self._ledger, sync_to_thread=False),
                "mail_server": Provide(lambda: self._server, sync_to_thread=False),
            },
        )

    async def start(self) -> None:
        await self._server.start()

    async def close(self) -> None:
        await self._server.close()
        self._ledger.close()
