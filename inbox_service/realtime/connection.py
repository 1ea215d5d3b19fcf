"""One socket of `/cable`, from its welcome to its end."""

import msgspec
import structlog

from desk.words.errors import DeskError
from inbox_service.realtime import framing
from inbox_service.realtime.attendance import PRESENCE_UPDATE
from inbox_service.realtime.peer import Peer
from inbox_service.realtime.service import Service
from inbox_service.realtime.wire import Wire
from inbox_service.unreachable import UNREACHABLE

MOST_SUBSCRIPTIONS = 8
"""Per socket; a page needs one."""

NORMAL = 1000
TRY_AGAIN = 1013

_log = structlog.get_logger("inbox_service.realtime")


class Command(msgspec.Struct):
    """One message of a client."""

    command: str
    identifier: str
    data: str = "{}"


class Deed(msgspec.Struct):
    """What a subscribed client wants done."""

    action: str
    after: int | None = None


class Connection:
    """Takes the commands of one client; what is told to it comes from the hub."""

    def __init__(self, service: Service, wire: Wire, cookie: str | None) -> None:
        self.service = service
        self.wire = wire
        self._cookie = cookie
        self._peers: dict[str, Peer] = {}
        wire.gone = self._end
        wire.slow = self._fall_behind
        service.heartbeat.join(wire)

    def shut(self, reason: str, reconnect: bool) -> None:
        """End it from our side."""
        self.wire.goodbye(reason, TRY_AGAIN if reconnect else NORMAL, reconnect=reconnect)

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
        found = None
        changes = self.service.hub.changes
        if len(self._peers) < MOST_SUBSCRIPTIONS:
            found = await self.service.identification.of(identifier, self._cookie)
        if found is None:
            self._send(framing.rejection(identifier))
            return
        peer = self._peers[identifier] = Peer(
            found.listener,
            identifier,
            token=found.token,
            cookie=found.cookie,
            write=self.wire.transport.write,
            shut=self.shut,
        )
        await self.service.hub.join(peer, changes=changes)
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
            for frame in await self.service.resume.since(peer.listener, deed.after):
                self._send(peer.prefix + framing.tail_of(frame))

    async def _beat(self, peer: Peer) -> None:
        """The listener is there; whoever was away before is announced to the others."""
        service = self.service
        if peer.user_id is not None:
            new = await service.presence.beat_user(peer.account_id, peer.user_id)
        else:
            new = await service.presence.beat_contact(peer.account_id, peer.contact_id or 0)
        if new:
            await service.attendance.announce(peer.account_id)
        data = await service.attendance.snapshot_for(peer.listener)
        self._send(peer.prefix + b'{"event":"%b","data":%b}}' % (PRESENCE_UPDATE.encode(), data))

    def _fall_behind(self) -> None:
        self.service.hub.count_slow()
        self._end()

    def _end(self) -> None:
        """Out of every audience: nothing is written any more."""
        self.service.heartbeat.leave(self.wire)
        peers, self._peers = list(self._peers.values()), {}
        for peer in peers:
            self._part(peer)

    def _part(self, peer: Peer) -> None:
        self.service.hub.leave(peer)
        self.service.departures.left(peer)
