"""A visitor's browser, as far as the API sees it."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx

from tests.builders.websites import Website

API = "/api/v1/widget"


@dataclass
class VisitorClient:
    """A client with a visitor's token."""

    http: httpx.AsyncClient
    config: dict[str, Any]

    @classmethod
    async def arrive(
        cls, service_url: str, website: Website, token: str | None = None
    ) -> "VisitorClient":
        http = httpx.AsyncClient(
            base_url=service_url + API, params={"website_token": website.token}, timeout=20
        )
        headers = {"X-Auth-Token": token} if token else {}
        answer = await http.post("/config", headers=headers)
        config: dict[str, Any] = answer.raise_for_status().json()
        http.headers["X-Auth-Token"] = config["website_channel_config"]["auth_token"]
        return cls(http, config)

    @property
    def token(self) -> str:
        return str(self.config["website_channel_config"]["auth_token"])

    @property
    def pubsub_token(self) -> str:
        return str(self.config["contact"]["pubsub_token"])

    async def say(self, content: str, **more: object) -> dict[str, Any]:
        """Say something; what the answer holds."""
        answer = await self.http.post("/messages", json={"message": {"content": content, **more}})
        said: dict[str, Any] = answer.raise_for_status().json()
        return said

    async def read(self, **query: int) -> list[dict[str, Any]]:
        """The messages the visitor sees."""
        answer = await self.http.get("/messages", params=query)
        page: list[dict[str, Any]] = answer.raise_for_status().json()["payload"]
        return page

    async def contents(self) -> list[str | None]:
        return [message["content"] for message in await self.read()]


Arrive = Callable[..., Awaitable[VisitorClient]]


def proof(website: Website, identifier: str) -> str:
    """What the site's server adds to show that it knows its user."""
    return hmac.digest(website.hmac_token.encode(), identifier.encode(), hashlib.sha256).hex()
