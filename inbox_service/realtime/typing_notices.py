"""Who is writing where: told to the others, and taken back by itself."""

import asyncio

import msgspec
import structlog

from desk.store.desk import Desk
from desk.store.feed import Frame, publish
from desk.words.ids import AccountId, ContactId, UserId

EXPIRES_SECONDS = 30.0
"""A page that went away without a word is not writing for ever."""

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


class TypingNotices:
    """Publishes the frames; remembers who said "on" for as long as it holds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ends: dict[Key, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def tell(self, typist: Typist, conversation: str, *, on: bool) -> None:
        """Tell those who may see the conversation; a customer hears nothing of private notes."""
        self._forget(typist)
        if on:
            loop = asyncio.get_running_loop()
            self._ends[typist.key] = loop.call_later(
                EXPIRES_SECONDS, self._expire, typist, conversation
            )
        await self._publish(typist, conversation, on=on)

    def close(self) -> None:
        """Nobody is told any more."""
        for end in self._ends.values():
            end.cancel()
        self._ends.clear()

    async def _publish(self, typist: Typist, conversation: str, *, on: bool) -> None:
        name = "conversation.typing_on" if on else "conversation.typing_off"
        about = {"account_id": typist.account_id, "user": typist.shown}
        inside = about | {
            "conversation": msgspec.Raw(conversation.encode()),
            "is_private": typist.private,
        }
        frames = [
            Frame(
                name,
                msgspec.Raw(msgspec.json.encode(inside)),
                inbox_id=typist.inbox_id,
                assignee_ids=() if typist.assignee_id is None else (typist.assignee_id,),
                except_user_id=typist.user_id,
            )
        ]
        if typist.of_the_desk and not typist.private:
            # The customer learns who writes, and nothing of the conversation's other sides.
            outside = about | {"conversation": {"id": typist.display_id}, "is_private": False}
            data = msgspec.Raw(msgspec.json.encode(outside))
            frames.append(Frame(name, data, contact_token=typist.contact_token))
        await publish(self._desk.redis, [(typist.account_id, frame) for frame in frames])

    def _expire(self, typist: Typist, conversation: str) -> None:
        self._forget(typist)
        task = asyncio.ensure_future(self._publish(typist, conversation, on=False))
        self._tasks.add(task)
        task.add_done_callback(self._told)

    def _told(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            # The screens forget it by themselves as well.
            _log.warning("typing could not be taken back", kind=type(task.exception()).__name__)

    def _forget(self, typist: Typist) -> None:
        end = self._ends.pop(typist.key, None)
        if end is not None:
            end.cancel()
