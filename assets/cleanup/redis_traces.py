"""What signing in and being there leaves in Redis, of all accounts at once."""

from datetime import datetime

from assets.cleanup.house import Counted, House
from desk.store.presence import Presence
from desk.store.sessions import stale_sessions
from desk.words.ids import AccountId

REASON = "a session names a user, who may work for several accounts"

ALL = AccountId(0)
"""Redis is swept as a whole."""


async def count_sessions(house: House, _: datetime) -> Counted:
    """Sessions that open nothing."""
    return _counted(await _sessions(house, end=False))


async def clear_sessions(house: House, _: AccountId, __: datetime) -> int:
    """End them; each is looked at again."""
    return await _sessions(house, end=True)


async def count_presence(house: House, _: datetime) -> Counted:
    """Those noted as there who fell silent."""
    return _counted(await _silent(house, sweep=False))


async def clear_presence(house: House, _: AccountId, __: datetime) -> int:
    """Strike them out; Redis compares the time of their last beat once more."""
    return await _silent(house, sweep=True)


async def _sessions(house: House, *, end: bool) -> int:
    async with house.desk.transaction_across_accounts(reason=REASON) as tx:
        return await stale_sessions(house.desk.redis, tx, end=end)


async def _silent(house: House, *, sweep: bool) -> int:
    return await Presence(house.desk.redis, house.desk.clock).silent(sweep=sweep)


def _counted(stale: int) -> Counted:
    return Counted({ALL: stale} if stale else {})
