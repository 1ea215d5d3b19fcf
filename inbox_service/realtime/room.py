"""An account's listeners in this process, and which of them gets a frame."""

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from desk.access.audience import Viewer
from desk.access.hearing import hears
from desk.store.feed import Frame
from desk.store.listeners import Rights
from desk.store.sessions import mark_of
from desk.words.ids import AccountId
from inbox_service.realtime.framing import cut, tail_of
from inbox_service.realtime.peer import Peer

Key = tuple[int | None, tuple[int, ...], int | None, str | None, int | None]
"""What decides about a frame's audience."""


class Room:
    """Remembers each audience until somebody comes, goes, or sees something else."""

    def __init__(self, account_id: AccountId) -> None:
        self.account_id = account_id
        self.peers: set[Peer] = set()
        self.waiting: list[Frame] | None = None
        """Frames held back while rights are read anew; absent: nothing is held back."""
        self._audiences: dict[Key, list[Peer]] = {}

    def join(self, peer: Peer) -> None:
        self.peers.add(peer)
        self._audiences.clear()

    def leave(self, peer: Peer) -> None:
        self.peers.discard(peer)
        self._audiences.clear()

    def see_anew(
        self, peers: Iterable[Peer], rights: Rights, cookies: Collection[str]
    ) -> list[Peer]:
        """Give these their present rights; those who have none left are returned.

        `cookies`: the sign-ins that have not ended.
        """
        self._audiences.clear()
        here = [peer for peer in peers if peer in self.peers]
        return [peer for peer in here if not _may_stay(peer, rights, cookies)]

    def signed_out(self, frame: Frame) -> list[Peer]:
        """Whose sockets the sign-out is about."""
        return [
            peer
            for peer in self.peers
            if peer.user_id == frame.user_id
            and frame.session in (None, peer.cookie and mark_of(peer.cookie))
        ]

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


def _may_stay(peer: Peer, rights: Rights, cookies: Collection[str]) -> bool:
    if rights.suspended or (peer.cookie is not None and peer.cookie not in cookies):
        return False
    if not isinstance(peer.listener, Viewer):
        visitor = rights.visitors.get(peer.token)
        if visitor is not None:
            peer.listener = visitor
        return visitor is not None
    user_id = int(peer.listener.user_id)
    member = rights.roster.get(user_id)
    if member is None or member.suspended or rights.tokens.get(user_id) != peer.token:
        return False
    peer.listener = member.viewer
    return True
