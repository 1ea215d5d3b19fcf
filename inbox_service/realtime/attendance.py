"""What screens are told about who can be reached."""

import msgspec

from desk.access.audience import Viewer
from desk.access.hearing import Visitor
from desk.store import people as people_store
from desk.store.desk import Desk
from desk.store.feed import Frame, publish
from desk.store.presence import Presence
from desk.words.ids import AccountId
from desk.words.people import Availability
from inbox_service.auth.remembered import Remembered

PRESENCE_UPDATE = "presence.update"

SECONDS = 1.0
"""How long an answer is shared."""


class Attendance:
    """Presence together with what agents say about themselves."""

    def __init__(self, desk: Desk, presence: Presence) -> None:
        self._desk = desk
        self._presence = presence
        self._recent = Remembered[int, bytes](SECONDS)

    async def snapshot(self, account_id: AccountId) -> bytes:
        """The data of `presence.update`: users with their status, and visitors who are online.

        Every page asks every twenty seconds, so that answers are shared for a moment.
        """
        known = self._recent.get(int(account_id))
        return await self._look(account_id) if known is None else known

    async def snapshot_for(self, listener: Viewer | Visitor) -> bytes:
        """The data of `presence.update` as this listener may have it.

        A visitor is told about the agents of their inbox, and nothing about other visitors.
        """
        if isinstance(listener, Viewer):
            return await self.snapshot(listener.account_id)
        present = await self._presence.users(listener.account_id)
        async with self._desk.transaction(listener.account_id) as tx:
            agents = await people_store.inbox_agents(tx, listener.inbox_id)
        users = {
            str(agent["id"]): Availability(agent["availability"]).word
            for agent in agents
            if agent["id"] in present or not agent["auto_offline"]
        }
        return msgspec.json.encode({"account_id": int(listener.account_id), "users": users})

    async def announce(self, account_id: AccountId) -> None:
        """Tell all the account's agents: somebody came, went, or changed their mind."""
        frame = Frame(PRESENCE_UPDATE, msgspec.Raw(await self._look(account_id)))
        await publish(self._desk.redis, [(account_id, frame)])

    async def _look(self, account_id: AccountId) -> bytes:
        present = await self._presence.present(account_id)
        async with self._desk.transaction(account_id) as tx:
            roster = await people_store.roster(tx)
        users = {
            str(user_id): member.availability.word
            for user_id, member in roster.items()
            if user_id in present.users or not member.auto_offline
        }
        online = Availability.ONLINE.word
        data = msgspec.json.encode(
            {
                "account_id": int(account_id),
                "users": users,
                "contacts": {str(contact_id): online for contact_id in sorted(present.contacts)},
            }
        )
        return self._recent.keep(int(account_id), data)
