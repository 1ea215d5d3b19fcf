"""An answer's head travels with its body, and never waits for one that is slow."""

import asyncio
from typing import Any

import uvicorn
from typing_extensions import override

from inbox_service.one_write import HttpInOneWrite, OneWrite


class Written(asyncio.Transport):
    """A transport that remembers its writes."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[bytes] = []

    @override
    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.writes.append(bytes(data))

    @override
    def writelines(self, list_of_data: Any) -> None:
        self.write(b"".join(list_of_data))

    @override
    def close(self) -> None:
        self.write(b"(closed)")


async def test_a_head_goes_with_its_body_or_with_the_next_turn_and_before_the_end() -> None:
    to = Written()
    line = OneWrite(to, asyncio.get_running_loop())
    line.write(b"HTTP/1.1 200 OK\r\n\r\n")
    line.write(b"body")
    line.write(b"more")
    assert to.writes == [b"HTTP/1.1 200 OK\r\n\r\nbody", b"more"]
    line.write(b"HTTP/1.1 200 OK\r\n\r\n")
    await asyncio.sleep(0)
    assert to.writes[2:] == [b"HTTP/1.1 200 OK\r\n\r\n"]
    line.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    line.close()
    assert to.writes[3:] == [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"(closed)"]


async def test_answers_asked_for_together_come_whole_and_in_order() -> None:
    async def app(scope: Any, _: Any, send: Any) -> None:
        body = scope["path"].encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"n", body)]})
        await send({"type": "http.response.body", "body": body, "more_body": True})
        await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": b"end"})

    config = uvicorn.Config(app, port=0, http=HttpInOneWrite, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    ask = b"GET /%b HTTP/1.1\r\nhost: a\r\n%b\r\n"
    writer.write(ask % (b"one", b"") + ask % (b"two", b"connection: close\r\n"))
    answered = await asyncio.wait_for(reader.read(), 5)
    server.should_exit = True
    writer.close()
    await serving
    assert answered.count(b"HTTP/1.1 200 OK") == 2
    assert answered.index(b"/one") < answered.index(b"/two")
    assert answered.count(b"\r\n3\r\nend\r\n0\r\n\r\n") == 2
