"""`/cable`: ActionCable's protocol, as Chatwoot's clients speak it."""

from typing import Any

import msgspec
import structlog

from desk.access.audience import Viewer
from desk.access.hearing import Visitor
from desk.store import people as people_store
from desk.store import visitors as visitor_store
from desk.store.desk import Desk
from desk.store.presence import Presence
from desk.words.errors import DeskError
from desk.words.ids import AccountId, UserId
from inbox_service.auth.people import People
from inbox_service.realtime import framing
from inbox_service.realtime.attendance import PRESENCE_UPDATE, Attendance
from inbox_service.realtime.departures import Departures
from inbox_service.realtime.heartbeat import Heartbeat
from inbox_service.realtime.hub import Hub
from inbox_service.realtime.peer import Peer
from inbox_service.realtime.resume import Resume
from inbox_service.realtime.wire import EXTENSION, Wire
from inbox_service.unreachable import UNREACHABLE

MOST_SUBSCRIPTIONS = 8
"""Per socket; a page needs one."""

NORMAL = 1000
TRY_AGAIN = 1013

_log = structlog.get_logger("inbox_service.realtime")


class Room(msgspec.Struct):
    """What a client subscribes with; it comes as JSON in a string."""

    channel: str
    pubsub_token: str
    account_id: int | None = None
    user_id: int | None = None


class Command(msgspec.Struct):
    """One message of a client."""

    command: str
    identifier: str
    data: str = "{}"


class Deed(msgspec.Struct):
    """What a subscribed client wants done."""

    action: str
    after: int = 0


class Cable:
    """What every connection shares."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        hub: Hub,
        presence: Presence,
        attendance: Attendance,
        departures: Departures,
        resume: Resume,
        heartbeat: Heartbeat,
    ) -> None:
        self.desk = desk
        self.people = people
        self.hub = hub
        self.presence = presence
        self.attendance = attendance
        self.departures = departures
        self.resume = resume
        self.heartbeat = heartbeat

    async def identify(self, identifier: str, connection: "Connection") -> Peer | None:
        """The listener an identifier names, or nobody."""
        try:
            asked = msgspec.json.decode(identifier, type=Room, strict=False)
        except msgspec.DecodeError:
            return None
        if asked.channel != "RoomChannel" or not asked.pubsub_token:
            return None
        if asked.user_id is None:
            return await self._visitor(asked, identifier, connection)
        if asked.account_id is None:
            return None
        async with self.desk.transaction_across_accounts(
            reason="a socket's token names its user before an account is known"
        ) as tx:
            user_id = await people_store.user_of_socket(
                tx, asked.pubsub_token, asked.user_id, asked.account_id
            )
        if user_id is None:
            return None
        return await self._agent(AccountId(asked.account_id), user_id, identifier, connection)

    async def _agent(
        self, account_id: AccountId, user_id: UserId, identifier: str, connection: "Connection"
    ) -> Peer | None:
        member = await self.people.member(account_id, user_id)
        if member is None or member.suspended:
            return None
        return connection.peer(member.viewer, identifier)

    async def _visitor(self, asked: Room, identifier: str, connection: "Connection") -> Peer | None:
        async with self.desk.transaction_across_accounts(
            reason="a visitor's token names its account"
        ) as tx:
            visitor = await visitor_store.visitor_of_socket(tx, asked.pubsub_token)
        return None if visitor is None else connection.peer(visitor, identifier)


class Connection:
    """One socket, from its welcome to its end."""

    def __init__(self, cable: Cable, wire: Wire) -> None:
        self.cable = cable
        self.wire = wire
        self._peers: dict[str, Peer] = {}
        wire.gone = self._end
        wire.slow = self._end
        cable.heartbeat.join(wire)

    def shut(self, reason: str, reconnect: bool) -> None:
        """End it from our side."""
        self.wire.goodbye(reason, TRY_AGAIN if reconnect else NORMAL, reconnect=reconnect)

    def peer(self, listener: Viewer | Visitor, identifier: str) -> Peer:
        """A subscription of this socket."""
        return Peer(listener, identifier, write=self.wire.write, shut=self.shut)

    async def take(self, text: str) -> None:
        """Do what one message asks; nonsense is passed over, as Rails does."""
        try:
            command = msgspec.json.decode(text, type=Command)
        except msgspec.DecodeError:
            return
        try:
            if command.command == "subscribe":
                await self._subscribe(command.identifier)
            elif command.command == "unsubscribe":
                self._unsubscribe(command.identifier)
            elif command.command == "message" and command.identifier in self._peers:
                await self._perform(self._peers[command.identifier], command.data)
        except (DeskError, *UNREACHABLE) as error:
            # Postgres or Redis is away: the client comes back by itself and starts over.
            _log.warning("socket command failed", kind=type(error).__name__)
            self.shut("temporarily_unavailable", True)

    def _send(self, payload: bytes) -> None:
        if not self.wire.close_sent:
            self.wire.write(framing.text_frame(payload))

    async def _subscribe(self, identifier: str) -> None:
        if identifier in self._peers:
            self._send(framing.confirmation(identifier))
            return
        peer = None
        if len(self._peers) < MOST_SUBSCRIPTIONS:
            peer = await self.cable.identify(identifier, self)
        if peer is None:
            self._send(framing.rejection(identifier))
            return
        self._peers[identifier] = peer
        await self.cable.hub.join(peer)
        if self.wire.gone is None:
            # It went while we were joining.
            self._end()
            return
        self._send(framing.confirmation(identifier))
        await self._beat(peer)

    def _unsubscribe(self, identifier: str) -> None:
        peer = self._peers.pop(identifier, None)
        if peer is not None:
            self._part(peer)

    async def _perform(self, peer: Peer, data: str) -> None:
        try:
            deed = msgspec.json.decode(data, type=Deed, strict=False)
        except msgspec.DecodeError:
            return
        if deed.action == "update_presence":
            await self._beat(peer)
        elif deed.action == "resume":
            for frame in await self.cable.resume.since(peer, deed.after):
                self._send(peer.prefix + framing.tail_of(frame))

    async def _beat(self, peer: Peer) -> None:
        """The listener is there; whoever was away before is announced to the others."""
        cable = self.cable
        if peer.user_id is not None:
            new = await cable.presence.beat_user(peer.account_id, peer.user_id)
        else:
            new = await cable.presence.beat_contact(peer.account_id, peer.contact_id or 0)
        if new:
            await cable.attendance.announce(peer.account_id)
        data = await cable.attendance.snapshot_for(peer.listener)
        self._send(peer.prefix + b'{"event":"%b","data":%b}}' % (PRESENCE_UPDATE.encode(), data))

    def _end(self) -> None:
        """Out of every audience: nothing is written any more."""
        self.cable.heartbeat.leave(self.wire)
        peers, self._peers = list(self._peers.values()), {}
        for peer in peers:
            self._part(peer)

    def _part(self, peer: Peer) -> None:
        self.cable.hub.leave(peer)
        self.cable.departures.left(peer)


async def serve(cable: Cable, scope: Any, receive: Any, send: Any) -> None:
    """Run one websocket over its wire."""
    await receive()
    offered = scope["subprotocols"]
    wire = scope["extensions"].get(EXTENSION)
    if wire is None or (offered and framing.PROTOCOL not in offered):
        await send({"type": "websocket.close", "code": 4400})
        return
    await send({"type": "websocket.accept", "subprotocol": framing.PROTOCOL if offered else None})
    if wire.transport.is_closing():
        return
    wire.slim()
    connection = Connection(cable, wire)
    wire.write(framing.text_frame(framing.WELCOME))
    while True:
        event = await receive()
        if event["type"] == "websocket.disconnect":
            return
        if text := event.get("text"):
            await connection.take(text)
