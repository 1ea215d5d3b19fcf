"""What a listener missed, out of the event log: the frames again, or the word to reload."""

from collections.abc import Sequence

import msgspec

from desk.access.audience import Viewer
from desk.access.hearing import Visitor, hears
from desk.store.desk import Desk
from desk.store.feed import Frame, wait_for_feed
from desk.store.frames import frames_of
from desk.store.frames_telling import Logged
from desk.store.missed import end_of_log, missed_events, missed_of_visitor
from desk.store.transaction import TenantTx
from desk.words.ids import AccountId

MOST = 200
"""With more than this to catch up on, reading everything anew is cheaper."""

RELOAD = "page:reload"
RESUMED = "line.resumed"


class Resume:
    """Replays an account's log to one listener."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def since(self, listener: Viewer | Visitor, position: int | None) -> list[Frame]:
        """The frames after that position that the listener may have, and where the log stands now.

        Without a position only the latter.
        """
        account_id = listener.account_id
        async with self._desk.transaction(account_id) as tx:
            await wait_for_feed(tx)
            end = await end_of_log(tx)
            if position is None or position >= end:
                return [_word(RESUMED, account_id, end)]
            logged = await _missed(tx, listener, position)
            if logged is None:
                return [_word(RELOAD, account_id, end)]
            frames = await frames_of(tx, account_id, logged)
        return [
            *(frame for frame in frames if hears(listener, frame)),
            _word(RESUMED, account_id, end),
        ]


async def _missed(
    tx: TenantTx, listener: Viewer | Visitor, position: int
) -> Sequence[Logged] | None:
    """The events, or nothing if they are too many to be told."""
    if isinstance(listener, Viewer):
        logged = await missed_events(tx, position, limit=MOST + 1)
    else:
        logged = await missed_of_visitor(tx, listener.contact_inbox_id, position, limit=MOST + 1)
    return None if len(logged) > MOST else logged


def _word(event: str, account_id: AccountId, position: int) -> Frame:
    data = msgspec.json.encode({"account_id": int(account_id)})
    return Frame(event, msgspec.Raw(data), position=position)
