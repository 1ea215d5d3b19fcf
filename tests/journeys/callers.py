"""Customers at every door: each knows how a message is handed in until it is accepted."""

import asyncio
from collections.abc import Awaitable, Callable
from email.message import EmailMessage
from typing import Any, Protocol

import aiohttp
import aiosmtplib

from tests.builders.whatsapp import signed, text_hook
from tests.journeys.talks import Talk

REFUSALS = (400, 401, 403, 404, 409, 413, 422)
PATIENCE = aiohttp.ClientTimeout(total=10)


class Caller(Protocol):
    """One customer's way of saying things."""

    async def say(self, turn: int) -> None:
        """Hand in the talk's n-th turn, as often as it takes."""


class ByWhatsApp:
    """The provider's signed webhook."""

    def __init__(self, http: aiohttp.ClientSession, inbox: dict[str, Any], talk: Talk) -> None:
        self.http, self.inbox, self.talk = http, inbox, talk

    async def say(self, turn: int) -> None:
        body = text_hook(
            phone_number=self.inbox["phone_number"],
            phone_number_id=self.inbox["phone_number_id"],
            sender=self.talk.sender,
            name=self.talk.name,
            wamid=self.talk.message_id(turn),
            text=self.talk.texts[turn],
        )
        headers = signed(body, self.inbox["app_secret"])
        await _accepted(self.http, "POST", self.inbox["webhook_url"], data=body, headers=headers)


class ByMail:
    """A mail server's delivery; every mail answers the one before it."""

    def __init__(self, smtp: str, inbox: dict[str, Any], talk: Talk) -> None:
        self.host, _, self.port = smtp.partition(":")
        self.inbox, self.talk = inbox, talk

    async def say(self, turn: int) -> None:
        mail = EmailMessage()
        mail["From"] = f"{self.talk.name} <{self.talk.sender}@mail.example>"
        mail["To"] = self.inbox["address"]
        mail["Subject"] = "A question" if turn == 0 else "Re: A question"
        mail["Message-ID"] = f"<{self._id(turn)}>"
        if turn:
            mail["In-Reply-To"] = f"<{self._id(turn - 1)}>"
        mail.set_content(self.talk.texts[turn])
        await _until_done(lambda: self._deliver(mail))

    def _id(self, turn: int) -> str:
        return f"{self.talk.message_id(turn)}@mail.example"

    async def _deliver(self, mail: EmailMessage) -> dict[str, Any]:
        await aiosmtplib.send(mail, hostname=self.host, port=int(self.port), timeout=10)
        return {}


class ByPartner:
    """The custom channel's door."""

    def __init__(self, http: aiohttp.ClientSession, inbox: dict[str, Any], talk: Talk) -> None:
        self.http, self.inbox, self.talk = http, inbox, talk

    async def say(self, turn: int) -> None:
        await _accepted(
            self.http,
            "POST",
            self.inbox["webhook_url"],
            headers={"Authorization": f"Bearer {self.inbox['api_key']}"},
            json={
                "message_id": self.talk.message_id(turn),
                "sender": {"id": self.talk.sender, "name": self.talk.name},
                "message": {"type": "text", "content": self.talk.texts[turn]},
            },
        )


class ByApp:
    """The public API, as a company's own app uses it."""

    def __init__(
        self, http: aiohttp.ClientSession, base: str, inbox: dict[str, Any], talk: Talk
    ) -> None:
        self.http, self.talk = http, talk
        self.contacts = f"{base}/public/api/v1/inboxes/{inbox['inbox_identifier']}/contacts"
        self.conversation: int | None = None

    async def say(self, turn: int) -> None:
        if self.conversation is None:
            self.conversation = await self._begin()
        where = f"{self.contacts}/{self.talk.sender}/conversations/{self.conversation}/messages"
        said = {"content": self.talk.texts[turn], "source_id": self.talk.message_id(turn)}
        await _accepted(self.http, "POST", where, json=said)

    async def _begin(self) -> int:
        wanted = {"source_id": self.talk.sender, "name": self.talk.name}
        await _accepted(self.http, "POST", self.contacts, json=wanted)
        where = f"{self.contacts}/{self.talk.sender}/conversations"
        # An answer that was lost may have begun it: look before beginning another.
        return int((await _until_done(lambda: self._find_or_begin(where)))["id"])

    async def _find_or_begin(self, where: str) -> dict[str, Any]:
        known = await _once(self.http, "GET", where)
        return dict(known[0]) if known else dict(await _once(self.http, "POST", where, json={}))


class ByWidget:
    """The chat on a website."""

    def __init__(
        self, http: aiohttp.ClientSession, base: str, inbox: dict[str, Any], talk: Talk
    ) -> None:
        self.http, self.talk = http, talk
        self.api = f"{base}/api/v1/widget"
        self.website = {"website_token": inbox["website_token"]}
        self.token: str | None = None

    async def say(self, turn: int) -> None:
        if self.token is None:
            begun = await _accepted(self.http, "POST", f"{self.api}/config", params=self.website)
            self.token = str(begun["website_channel_config"]["auth_token"])
        await _accepted(
            self.http,
            "POST",
            f"{self.api}/messages",
            params=self.website,
            headers={"X-Auth-Token": self.token},
            json={
                "message": {
                    "content": self.talk.texts[turn],
                    "echo_id": self.talk.message_id(turn),
                }
            },
        )


async def _accepted(
    http: aiohttp.ClientSession, method: str, url: str, **request: Any
) -> dict[str, Any]:
    return dict(await _until_done(lambda: _once(http, method, url, **request)) or {})


class _Refused(AssertionError):
    """The desk will not take it, however often it is tried."""


async def _once(http: aiohttp.ClientSession, method: str, url: str, **request: Any) -> Any:
    async with http.request(method, url, timeout=PATIENCE, **request) as answer:
        if answer.status in REFUSALS:
            raise _Refused(f"{url} refused with {answer.status}: {await answer.text()}")
        answer.raise_for_status()
        return await answer.json() if "json" in answer.content_type else None


async def _until_done(attempt: Callable[[], Awaitable[Any]]) -> Any:
    # As every sender does: whatever is not accepted is tried again.
    delay = 0.05
    while True:
        try:
            return await attempt()
        except (aiohttp.ClientError, aiosmtplib.SMTPException, TimeoutError, OSError):
            await asyncio.sleep(delay)
            delay = min(delay * 2, 1)
