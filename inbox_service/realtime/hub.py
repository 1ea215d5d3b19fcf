"""All listeners of this process, by account."""

import asyncio
from collections.abc import Callable, Collection, Coroutine

import structlog

from desk.store.desk import Desk
from desk.store.feed import LOGOUT, Frame
from desk.store.listeners import Rights, rights
from desk.store.sessions import living
from desk.words.errors import DeskError
from desk.words.ids import AccountId
from inbox_service.metrics import ServiceMetrics
from inbox_service.realtime.attendance import PRESENCE_UPDATE
from inbox_service.realtime.feed_reader import Batch, FeedReader
from inbox_service.realtime.framing import tail_of, text_frame
from inbox_service.realtime.peer import Peer
from inbox_service.realtime.room import Room
from inbox_service.unreachable import UNREACHABLE

LOOK_AGAIN_SECONDS = 20.0
"""Rights are read anew this often even when nobody said that they changed."""

CHANGE_RIGHTS = frozenset({"account.cache_invalidated", "contact.merged", "contact.deleted"})
"""After these frames somebody's role or inboxes may be others, or a visitor may be no more."""

SUBSCRIBE_PATIENCE = 5.0

_log = structlog.get_logger("inbox_service.realtime")


class Hub:
    """Follows an account's feed for as long as it has a listener of it."""

    def __init__(
        self, desk: Desk, metrics: ServiceMetrics, *, rights_changed: Callable[[AccountId], None]
    ) -> None:
        self._desk = desk
        self._metrics = metrics
        self._rights_changed = rights_changed
        self._rooms: dict[int, Room] = {}
        self.changes = 0
        """How often rights have changed, in whichever account."""
        self._feed = FeedReader(
            desk.settings.storage.redis_url, deliver=self._deliver, missed=self._missed
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._watch: asyncio.Task[None] | None = None

    @property
    def is_fed(self) -> bool:
        """Whether Redis can be heard just now."""
        return self._feed.is_connected

    def start(self) -> None:
        self._feed.start()
        self._watch = asyncio.create_task(self._look_again(), name="rights watch")

    async def close(self) -> None:
        for task in [*self._tasks, *([self._watch] if self._watch is not None else [])]:
            task.cancel()
        await self._feed.close()

    async def join(self, peer: Peer, *, changes: int) -> None:
        """From when this returns, the peer misses nothing; raises TimeoutError without Redis.

        `changes`: how many there had been when the peer's rights were read.
        """
        room = self._rooms.get(int(peer.account_id))
        unheard = room is None
        if room is None:
            room = self._rooms[int(peer.account_id)] = Room(peer.account_id)
        room.join(peer)
        async with asyncio.timeout(SUBSCRIBE_PATIENCE):
            await self._feed.subscribe(peer.account_id)
        if unheard or changes != self.changes:
            # What changed while we were on our way here nobody told us.
            self._judge(room, [peer], *await self._rights(peer.account_id, [peer]))

    def leave(self, peer: Peer) -> None:
        """The peer is in no audience any more; the last one turns off the light."""
        room = self._rooms.get(int(peer.account_id))
        if room is None:
            return
        room.leave(peer)
        if not room.peers:
            del self._rooms[int(peer.account_id)]
            self._feed.unsubscribe(peer.account_id)

    def has_user(self, account_id: AccountId, user_id: int) -> bool:
        """Whether the agent listens here."""
        room = self._rooms.get(int(account_id))
        return room is not None and any(peer.user_id == user_id for peer in room.peers)

    def has_contact(self, account_id: AccountId, contact_id: int) -> bool:
        """Whether the visitor listens here."""
        room = self._rooms.get(int(account_id))
        return room is not None and any(peer.contact_id == contact_id for peer in room.peers)

    def count_slow(self) -> None:
        """A reader did not keep up, and is on its way out."""
        self._metrics.dropped.inc()

    def _deliver(self, batch: Batch) -> None:
        for account_id, frames in batch.items():
            self._metrics.frames.inc(len(frames))
            room = self._rooms.get(account_id)
            if room is not None:
                self._deliver_to(room, frames)

    def _deliver_to(self, room: Room, frames: list[Frame]) -> None:
        if room.waiting is not None:
            room.waiting.extend(frames)
            return
        for place, frame in enumerate(frames):
            if frame.event == LOGOUT:
                self._write(room, frames[:place])
                self._sign_out(room, frame)
                self._deliver_to(room, frames[place + 1 :])
                return
            if frame.event in CHANGE_RIGHTS:
                # Whatever follows may no longer be for the same eyes: first look who sees what.
                self._write(room, frames[: place + 1])
                room.waiting = frames[place + 1 :]
                self.changes += 1
                self._rights_changed(room.account_id)
                self._begin(self._refresh(room))
                return
            if frame.event == PRESENCE_UPDATE:
                self._rights_changed(room.account_id)
        self._write(room, frames)

    def _write(self, room: Room, frames: list[Frame]) -> None:
        self._metrics.deliveries.inc(room.deliver(frames))

    def _sign_out(self, room: Room, frame: Frame) -> None:
        said = tail_of(frame)
        for peer in room.signed_out(frame):
            peer.write(text_frame(peer.prefix + said))
            peer.shut("unauthorized", False)

    async def _refresh(self, room: Room) -> None:
        """Read who everybody is, give them their rights, and let what waited go on."""
        peers = list(room.peers)
        try:
            found, signed_in = await self._rights(room.account_id, peers)
        except (DeskError, *UNREACHABLE) as error:
            # Nobody may see with rights we could not check: they come back and ask again.
            _log.warning("rights could not be read", kind=type(error).__name__)
            room.waiting = None
            for peer in list(room.peers):
                peer.shut("rights_unknown", True)
            return
        self._judge(room, peers, found, signed_in)
        waited, room.waiting = room.waiting or [], None
        if waited:
            self._deliver_to(room, waited)

    def _judge(
        self, room: Room, peers: list[Peer], found: Rights, signed_in: Collection[str]
    ) -> None:
        for peer in room.see_anew(peers, found, signed_in):
            peer.shut("unauthorized", False)

    async def _look_again(self) -> None:
        while True:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            for room in list(self._rooms.values()):
                if room.waiting is None:
                    room.waiting = []
                    await self._refresh(room)

    async def _rights(self, account_id: AccountId, peers: list[Peer]) -> tuple[Rights, set[str]]:
        users = {peer.user_id for peer in peers if peer.user_id is not None}
        visitors = {peer.token for peer in peers if peer.user_id is None}
        cookies = {peer.cookie for peer in peers if peer.cookie is not None}
        async with self._desk.transaction(account_id) as tx:
            found = await rights(tx, users, visitors)
        secret = self._desk.settings.security.secret
        return found, await living(self._desk.redis, cookies, secret)

    def _missed(self) -> None:
        """Redis was away: what it said meanwhile nobody heard, so all must fetch anew."""
        for room in list(self._rooms.values()):
            for peer in list(room.peers):
                peer.shut("feed_restart", True)

    def _begin(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
