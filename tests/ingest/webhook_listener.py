"""A webhook that keeps what it gets, and refuses as often as it is told."""

import asyncio
import json
from typing import Any
from urllib.parse import parse_qs


class WebhookListener:
    """An ASGI application; answers every challenge."""

    def __init__(self) -> None:
        self.hooks: list[dict[str, Any]] = []
        self.raw: list[tuple[dict[str, str], bytes]] = []
        self.refuse = 0
        """How many of the next hooks are refused with 503."""
        self.verify_token: str | None = None
        """Answer only this token's challenge; None answers all."""

    async def until(self, count: int, seconds: float = 5) -> list[dict[str, Any]]:
        """The hooks, as soon as there are so many."""
        async with asyncio.timeout(seconds):
            while len(self.hooks) < count:
                await asyncio.sleep(0.01)
        return self.hooks

    def values(self, part: str) -> list[dict[str, Any]]:
        """All messages, or all statuses, in the order in which they came."""
        return [
            item
            for hook in self.hooks
            for entry in hook["entry"]
            for change in entry["changes"]
            for item in change["value"].get(part, [])
        ]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
            return
        body = b""
        more = True
        while more:
            event = await receive()
            body += event.get("body", b"")
            more = event.get("more_body", False)
        status, answer = self._answer(scope, body)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": answer})

    def _answer(self, scope: Any, body: bytes) -> tuple[int, bytes]:
        if scope["method"] == "GET":
            query = parse_qs(scope["query_string"].decode())
            if self.verify_token not in (None, query["hub.verify_token"][0]):
                return 403, b""
            return 200, query["hub.challenge"][0].encode()
        if self.refuse > 0:
            self.refuse -= 1
            return 503, b""
        self.raw.append(({k.decode(): v.decode() for k, v in scope["headers"]}, body))
        self.hooks.append(json.loads(body))
        return 200, b""
