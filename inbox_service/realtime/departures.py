"""Goodbyes that are believed only after a moment: a page that reloads has not left."""

import asyncio

import structlog

from desk.store.presence import Presence
from desk.words.errors import DeskError
from desk.words.ids import AccountId
from inbox_service.realtime.attendance import Attendance
from inbox_service.realtime.hub import Hub
from inbox_service.realtime.peer import Peer
from inbox_service.unreachable import UNREACHABLE

MOMENT_SECONDS = 5.0

_log = structlog.get_logger("inbox_service.realtime")


class Departures:
    """Tells an account that somebody's last socket is gone."""

    def __init__(self, hub: Hub, presence: Presence, attendance: Attendance) -> None:
        self._hub = hub
        self._presence = presence
        self._attendance = attendance
        self._waiting: dict[tuple[int, int | None, int | None], asyncio.Task[None]] = {}

    def left(self, peer: Peer) -> None:
        """One socket of theirs is gone."""
        key = (int(peer.account_id), peer.user_id, peer.contact_id)
        if key not in self._waiting:
            task = self._waiting[key] = asyncio.ensure_future(self._believe(*key))
            task.add_done_callback(lambda _: self._waiting.pop(key, None))

    def close(self) -> None:
        """Nobody's leaving is told any more."""
        for task in list(self._waiting.values()):
            task.cancel()

    async def _believe(self, account: int, user_id: int | None, contact_id: int | None) -> None:
        await asyncio.sleep(MOMENT_SECONDS)
        account_id = AccountId(account)
        try:
            if user_id is not None and not self._hub.has_user(account_id, user_id):
                await self._presence.leave_user(account_id, user_id)
            elif contact_id is not None and not self._hub.has_contact(account_id, contact_id):
                await self._presence.leave_contact(account_id, contact_id)
            else:
                return
            await self._attendance.announce(account_id)
        except (DeskError, *UNREACHABLE) as error:
            # Presence runs out by itself as well; the next beat tells everybody.
            _log.warning("leaving could not be told", kind=type(error).__name__)
