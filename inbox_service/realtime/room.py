"""An account's listeners in this process, and which of them gets a frame."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from desk.access.audience import Viewer
from desk.access.hearing import hears
from desk.store.feed import Frame
from desk.store.people import Member
from desk.words.ids import AccountId
from inbox_service.realtime.framing import cut, tail_of
from inbox_service.realtime.peer import Peer

Key = tuple[int | None, tuple[int, ...], int | None, str | None, int | None]
"""What decides about a frame's audience."""

ROSTER_CHANGED = "account.cache_invalidated"
"""After this frame roles and inboxes may be others."""


class Room:
    """Remembers each audience until somebody comes, goes, or sees something else."""

    def __init__(self, account_id: AccountId) -> None:
        self.account_id = account_id
        self.peers: set[Peer] = set()
        self.waiting: list[Frame] | None = None
        """Frames held back while the roster is read anew; absent: nothing is held back."""
        self._audiences: dict[Key, list[Peer]] = {}

    def join(self, peer: Peer) -> None:
        self.peers.add(peer)
        self._audiences.clear()

    def leave(self, peer: Peer) -> None:
        self.peers.discard(peer)
        self._audiences.clear()

    def see_anew(self, roster: Mapping[int, Member]) -> list[Peer]:
        """Give every agent their present rights; those who have none left are returned."""
        self._audiences.clear()
        strangers = []
        for peer in self.peers:
            if not isinstance(peer.listener, Viewer):
                continue
            member = roster.get(int(peer.listener.user_id))
            if member is None or member.suspended:
                strangers.append(peer)
            else:
                peer.listener = member.viewer
        return strangers

    def deliver(self, frames: list[Frame]) -> int:
        """Write each frame to its audience, once per socket; how many were written."""
        written = 0
        for peers, tails in self._runs(frames):
            pieces: dict[int, list[bytes]] = {}
            for peer in peers:
                length = len(peer.prefix)
                found = pieces.get(length)
                if found is None:
                    found = pieces[length] = cut(tails, length)
                peer.write(peer.prefix.join(found))
            written += len(peers) * len(tails)
        return written

    def audience(self, frame: Frame) -> list[Peer]:
        """Those who get the frame; nobody else ever does."""
        key = key_of(frame)
        known = self._audiences.get(key)
        if known is None:
            known = self._audiences[key] = [
                peer for peer in self.peers if hears(peer.listener, frame)
            ]
        return known

    def _runs(self, frames: list[Frame]) -> Iterator[tuple[list[Peer], list[bytes]]]:
        # Neighbours with the same audience travel together; the order is never changed.
        for _, run in groupby(frames, key=key_of):
            together = list(run)
            peers = self.audience(together[0])
            if peers:
                yield peers, [tail_of(frame) for frame in together]


def key_of(frame: Frame) -> Key:
    """What decides about the audience."""
    return (
        frame.inbox_id,
        frame.assignee_ids,
        frame.user_id,
        frame.contact_token,
        frame.except_user_id,
    )
