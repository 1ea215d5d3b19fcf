"""Who a subscription is for: Chatwoot's identifiers, checked against who there is."""

from typing import NamedTuple

import msgspec

from desk.access.audience import Viewer
from desk.access.hearing import Visitor
from desk.store import people as people_store
from desk.store import visitors as visitor_store
from desk.store.desk import Desk
from desk.words.ids import AccountId
from inbox_service.auth.people import People


class Room(msgspec.Struct):
    """What a client subscribes with; it comes as JSON in a string."""

    channel: str
    pubsub_token: str
    account_id: int | None = None
    user_id: int | None = None


class Identified(NamedTuple):
    """A listener, and the token that says so."""

    listener: Viewer | Visitor
    token: str
    cookie: str | None
    """The listener's own sign-in, if the socket's page came with it."""


class Identification:
    """With a user: an agent of the account. Without: a customer, by the token of their address."""

    def __init__(self, desk: Desk, people: People) -> None:
        self._desk = desk
        self._people = people

    async def of(self, identifier: str, cookie: str | None) -> Identified | None:
        """Whom the identifier names, or nobody; the browser may be signed in as somebody else."""
        try:
            asked = msgspec.json.decode(identifier, type=Room, strict=False)
        except msgspec.DecodeError:
            return None
        if asked.channel != "RoomChannel" or not asked.pubsub_token:
            return None
        if asked.user_id is None:
            visitor = await self._visitor(asked)
            return None if visitor is None else Identified(visitor, asked.pubsub_token, None)
        viewer = await self._agent(asked)
        if viewer is None:
            return None
        own = cookie is not None and await self._people.by_cookie(cookie) == viewer.user_id
        return Identified(viewer, asked.pubsub_token, cookie if own else None)

    async def _agent(self, asked: Room) -> Viewer | None:
        if asked.account_id is None or asked.user_id is None:
            return None
        async with self._desk.transaction_across_accounts(
            reason="a socket's token names its user before an account is known"
        ) as tx:
            user_id = await people_store.user_of_socket(
                tx, asked.pubsub_token, asked.user_id, asked.account_id
            )
        if user_id is None:
            return None
        member = await self._people.member(AccountId(asked.account_id), user_id)
        return None if member is None or member.suspended else member.viewer

    async def _visitor(self, asked: Room) -> Visitor | None:
        async with self._desk.transaction_across_accounts(
            reason="a visitor's token names its account"
        ) as tx:
            return await visitor_store.visitor_of_socket(tx, asked.pubsub_token)
