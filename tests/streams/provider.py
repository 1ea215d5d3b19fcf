"""A provider that answers as it is told: the Graph API's side of a connection."""

import json
from typing import Any

import httpx


class Provider:
    """Takes every message, unless it was told what to answer first."""

    def __init__(self) -> None:
        self.answers: list[httpx.Response | Exception] = []
        self.requests: list[httpx.Request] = []
        self.files: dict[str, bytes] = {}

    def client(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.MockTransport(self._answer))

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The bodies of the messages it was asked to send."""
        return [json.loads(r.content) for r in self.requests if r.url.path.endswith("/messages")]

    @property
    def texts(self) -> list[str]:
        return [message["text"]["body"] for message in self.messages if "text" in message]

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.requests.append(request)
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer
        name = request.url.path.rpartition("/")[2]
        if name in self.files:
            return httpx.Response(200, content=self.files[name])
        if request.method == "GET":
            return httpx.Response(
                200, json={"url": f"https://files.example/{name}.bin", "mime_type": "image/jpeg"}
            )
        if name == "media":
            return httpx.Response(200, json={"id": f"media.{len(self.requests)}"})
        return httpx.Response(200, json={"messages": [{"id": f"wamid.out{len(self.requests)}"}]})


def refused(code: int, title: str, status: int = 400) -> httpx.Response:
    """The Graph API's error."""
    return httpx.Response(status, json={"error": {"code": code, "message": title}})
