"""A client of the live line that speaks ActionCable as Rails' own does."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from desk.store.desk import Desk
from desk.words.ids import UserId
from tests.builders.accounts import SmallDesk

PROTOCOLS = [Subprotocol("actioncable-v1-json"), Subprotocol("actioncable-unsupported")]
PATIENCE = 10


class CableClient:
    """One socket with one subscription."""

    def __init__(self, socket: ClientConnection, identifier: str) -> None:
        self.socket = socket
        self.identifier = identifier

    async def hear(self) -> dict[str, Any]:
        """The next thing said that is no ping."""
        while True:
            said: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), PATIENCE))
            if said.get("type") != "ping":
                return said

    async def hear_ping(self) -> dict[str, Any]:
        while True:
            said: dict[str, Any] = json.loads(await asyncio.wait_for(self.socket.recv(), PATIENCE))
            if said.get("type") == "ping":
                return said

    async def event(self, *names: str) -> dict[str, Any]:
        """The next message whose event is one of these; others are passed over."""
        while True:
            said = await self.hear()
            message: dict[str, Any] = said.get("message") or {}
            if message.get("event") in names:
                assert said["identifier"] == self.identifier
                return message

    async def events_until(self, name: str) -> list[str]:
        """The names of all events up to that one."""
        names: list[str] = []
        while not names or names[-1] != name:
            said = await self.hear()
            if "message" in said:
                names.append(said["message"]["event"])
        return names

    async def command(self, command: str, **data: object) -> None:
        said: dict[str, object] = {"command": command, "identifier": self.identifier}
        if data:
            said["data"] = json.dumps(data)
        await self.socket.send(json.dumps(said))

    async def subscribe(self) -> str:
        """`confirm_subscription` or `reject_subscription`."""
        await self.command("subscribe")
        while True:
            said = await self.hear()
            if said.get("identifier") == self.identifier and "type" in said:
                return str(said["type"])


async def pubsub_token(desk: Desk, user_id: UserId) -> str:
    async with desk.transaction_across_accounts(reason="a test reads a token") as tx:
        row = await tx.one("select pubsub_token from users where id = %s", [user_id])
    return str(row["pubsub_token"])


async def visitor_token(desk: Desk, at: SmallDesk) -> str:
    async with desk.transaction(at.account_id) as tx:
        row = await tx.one("select pubsub_token from contact_inboxes order by id limit 1")
    return str(row["pubsub_token"])


def identifier_of(**params: object) -> str:
    return json.dumps({"channel": "RoomChannel", **params})


@asynccontextmanager
async def on_the_line(
    service_url: str, identifier: str, *, cookie: str = ""
) -> AsyncIterator[CableClient]:
    """Connected and welcomed, not yet subscribed."""
    address = service_url.replace("http:", "ws:") + "/cable"
    headers = {"Cookie": cookie} if cookie else {}
    async with connect(
        address,
        subprotocols=PROTOCOLS,
        additional_headers=headers,
        max_queue=None,
        compression=None,
    ) as socket:
        client = CableClient(socket, identifier)
        assert await client.hear() == {"type": "welcome"}
        yield client


@asynccontextmanager
async def agent_on_the_line(
    service_url: str, desk: Desk, at: SmallDesk, user_id: UserId, *, cookie: str = ""
) -> AsyncIterator[CableClient]:
    """An agent's page, subscribed."""
    token = await pubsub_token(desk, user_id)
    identifier = identifier_of(pubsub_token=token, account_id=at.account_id, user_id=user_id)
    async with on_the_line(service_url, identifier, cookie=cookie) as client:
        assert await client.subscribe() == "confirm_subscription"
        yield client
