"""What a listener missed, out of the event log: the frames again, or the word to reload."""

import msgspec

from desk.access.audience import Viewer
from desk.access.hearing import hears
from desk.store.desk import Desk
from desk.store.feed import Frame, wait_for_feed
from desk.store.frames import frames_of
from desk.store.missed import missed_events
from desk.words.ids import AccountId
from inbox_service.realtime.peer import Peer

MOST = 200
"""With more than this to catch up on, reading everything anew is cheaper."""


class Resume:
    """Replays an account's log to one listener."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def since(self, peer: Peer, position: int) -> list[Frame]:
        """The frames after that position that the listener may have.

        Visitors have no place in the log: they read their conversation again.
        """
        if not isinstance(peer.listener, Viewer):
            return []
        async with self._desk.transaction(peer.account_id) as tx:
            await wait_for_feed(tx)
            logged = await missed_events(tx, position, limit=MOST + 1)
            if len(logged) > MOST:
                return [_reload(peer.account_id)]
            frames = await frames_of(tx, peer.account_id, logged)
        return [frame for frame in frames if hears(peer.listener, frame)]


def _reload(account_id: AccountId) -> Frame:
    data = msgspec.json.encode({"account_id": int(account_id)})
    return Frame("page:reload", msgspec.Raw(data))
