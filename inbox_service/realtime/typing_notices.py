"""Who is writing where: told to the others, and taken back by itself."""

import asyncio
import secrets
from typing import NamedTuple

import msgspec
import structlog

from desk.store.desk import Desk
from desk.store.feed import Frame, publish
from desk.words.ids import AccountId, ContactId, UserId

EXPIRES_SECONDS = 30.0
"""A page that went away without a word is not writing for ever."""

KEPT_SECONDS = 45
"""A little longer than it holds."""

ON, OFF = "conversation.typing_on", "conversation.typing_off"

_log = structlog.get_logger("inbox_service.realtime")


Key = tuple[int, int | None, int | None, int | None]
"""Conversation, user, contact and bot."""


class Typist(msgspec.Struct, frozen=True):
    """Somebody writing in a conversation, and who may know: an agent, or its customer."""

    account_id: AccountId
    name: str
    conversation_id: int
    display_id: int
    inbox_id: int
    assignee_id: int | None
    contact_token: str
    user_id: UserId | None = None
    contact_id: ContactId | None = None
    agent_bot_id: int | None = None
    private: bool = False

    @property
    def key(self) -> Key:
        return (self.conversation_id, self.user_id, self.contact_id, self.agent_bot_id)

    @property
    def of_the_desk(self) -> bool:
        """No customer: somebody whom the customer may see writing."""
        return self.contact_id is None

    @property
    def shown(self) -> dict[str, object]:
        """The person, as the others see them."""
        return {
            "id": self.user_id or self.contact_id or self.agent_bot_id,
            "name": self.name,
            "available_name": self.name,
            "thumbnail": "",
            "avatar_url": "",
            "type": self._type(),
        }

    def _type(self) -> str:
        if self.agent_bot_id is not None:
            return "agent_bot"
        return "user" if self.of_the_desk else "contact"


class _Writing(NamedTuple):
    """What was told of somebody, and when it is taken back."""

    typist: Typist
    mark: str
    end: asyncio.TimerHandle


class TypingNotices:
    """Publishes the frames; remembers who said "on" for as long as it holds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._writing: dict[Key, _Writing] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def tell(self, typist: Typist, conversation: str, *, on: bool) -> None:
        """Tell those who may see the conversation; a customer hears nothing of private notes."""
        before = self._forget(typist.key)
        if on:
            mark = secrets.token_hex(4)
            loop = asyncio.get_running_loop()
            end = loop.call_later(EXPIRES_SECONDS, self._expire, typist, mark, conversation)
            self._writing[typist.key] = _Writing(typist, mark, end)
            # Another process may be told of the same person next: whoever was told last decides.
            await self._desk.redis.set(_name(typist), mark, ex=KEPT_SECONDS)
        else:
            await self._desk.redis.delete(_name(typist))
        frames = _frames(typist, conversation, on=on)
        if before is not None and typist.private and not before.typist.private:
            # They went from the reply to a note: to the customer they stopped.
            frames += _outside(before.typist, on=False)
        await self._publish(typist.account_id, frames)

    def close(self) -> None:
        """Nobody is told any more."""
        for key in list(self._writing):
            self._forget(key)

    async def _publish(self, account_id: AccountId, frames: list[Frame]) -> None:
        await publish(self._desk.redis, [(account_id, frame) for frame in frames])

    def _expire(self, typist: Typist, mark: str, conversation: str) -> None:
        self._forget(typist.key)
        task = asyncio.ensure_future(self._take_back(typist, mark, conversation))
        self._tasks.add(task)
        task.add_done_callback(self._told)

    async def _take_back(self, typist: Typist, mark: str, conversation: str) -> None:
        if await self._desk.redis.get(_name(typist)) == mark.encode():
            await self._publish(typist.account_id, _frames(typist, conversation, on=False))

    def _told(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            # The screens forget it by themselves as well.
            _log.warning("typing could not be taken back", kind=type(task.exception()).__name__)

    def _forget(self, key: Key) -> _Writing | None:
        known = self._writing.pop(key, None)
        if known is not None:
            known.end.cancel()
        return known


def _name(typist: Typist) -> str:
    return "typing:" + ":".join("" if part is None else str(part) for part in typist.key)


def _frames(typist: Typist, conversation: str, *, on: bool) -> list[Frame]:
    data = _about(typist) | {
        "conversation": msgspec.Raw(conversation.encode()),
        "is_private": typist.private,
    }
    inside = Frame(
        ON if on else OFF,
        msgspec.Raw(msgspec.json.encode(data)),
        inbox_id=typist.inbox_id,
        assignee_ids=() if typist.assignee_id is None else (typist.assignee_id,),
        except_user_id=typist.user_id,
    )
    return [inside] if typist.private else [inside, *_outside(typist, on=on)]


def _outside(typist: Typist, *, on: bool) -> list[Frame]:
    """The customer learns who writes, and nothing of the conversation's other sides."""
    if not typist.of_the_desk:
        return []
    data = _about(typist) | {"conversation": {"id": typist.display_id}, "is_private": False}
    raw = msgspec.Raw(msgspec.json.encode(data))
    return [Frame(ON if on else OFF, raw, contact_token=typist.contact_token)]


def _about(typist: Typist) -> dict[str, object]:
    about: dict[str, object] = {"account_id": typist.account_id, "user": typist.shown}
    return about if typist.user_id is None else about | {"performer": typist.shown}
