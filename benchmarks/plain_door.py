"""The door of a plain web application: it does everything within the request, one by one."""

import os
from typing import Any

import uvicorn

from desk.actions.receive_messages import Received, receive_messages
from desk.settings import Settings
from desk.store.desk import Desk
from desk.words.ids import InboundId
from ingest.channel_contract import RawHook
from ingest.receiver.doors import Doors

_JOURNAL = """
insert into inbound (account_id, inbox_id, channel, body, received_at)
values (%s, %s, %s, %b, %s) returning id"""


class PlainDoor:
    """Checks the signature, reads the hook and commits what it says, then answers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._doors = Doors(desk)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body, more = b"", True
        while more:
            part = await receive()
            body, more = body + part["body"], part["more_body"]
        _, _, kind, address = scope["path"].split("/")
        door = await self._doors.find(kind, address)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        hook = RawHook(headers, body)
        if not door.channel.is_genuine(hook, door.secrets):
            raise AssertionError("the benchmark's own requests are signed")
        async with self._desk.transaction_across_accounts(reason="a benchmark's door") as tx:
            row = await tx.one(
                _JOURNAL, [door.account_id, door.inbox_id, door.channel.kind.value, body, tx.now]
            )
            readings = tuple(door.channel.read(hook, door.config))
            await receive_messages(
                tx,
                [Received(InboundId(row["id"]), door.account_id, door.inbox_id, tx.now, readings)],
            )
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]}
        )
        await send({"type": "http.response.body", "body": b""})


def main() -> None:
    settings = Settings.from_environment(os.environ)
    uvicorn.run(
        PlainDoor(Desk.open(settings, connections=16)),
        host="127.0.0.1",
        port=settings.addresses.port,
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
    )


if __name__ == "__main__":
    main()
