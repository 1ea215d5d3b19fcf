"""Customers who write without end, and a look at whether all they wrote is there once."""

import itertools
import secrets
from collections.abc import Sequence

from desk.store.desk import Desk
from tests.builders.accounts import SmallDesk, small_desk
from tests.streams.arrivals import hook
from tests.streams.live_house import LiveHouse

_JOURNAL = b"""
with appended as (
    insert into inbound (account_id, inbox_id, channel, sender, body, received_at)
    select %s, %s, 'whatsapp', s, b, clock_timestamp()
    from unnest(%b::text[], %b::bytea[]) with ordinality as hooks(s, b, place) order by place
    returning 1)
select count(*), pg_notify('inbound', '') from appended"""


class Customers:
    """Write messages without end, each customer counting his own."""

    def __init__(self, house: LiveHouse, at: SmallDesk) -> None:
        self._house, self.at = house, at
        self._prefix = f"47{secrets.randbelow(10**6):06d}"
        self._numbers = itertools.count()
        self.sent: list[tuple[str, int]] = []

    def write(
        self,
        count: int,
        *,
        of: int = 20,
        again: int = 0,
        poison: Sequence[bytes] = (),
        padding: int = 0,
    ) -> None:
        """So many new messages of `of` customers; `again` earlier ones are delivered once more."""
        fresh = [
            (f"{self._prefix}{number % of:03d}", number)
            for number in itertools.islice(self._numbers, count)
        ]
        self.sent += fresh
        repeated = self.sent[:: max(1, len(self.sent) // again)][:again] if again else []
        hooks = [
            hook(self.at, str(number), sender=sender, number=number)
            for sender, number in fresh + repeated
        ]
        hooks = [(sender, body + b" " * padding) for sender, body in hooks]
        hooks += [(self._prefix, body) for body in poison]
        self._house.database.execute(
            _JOURNAL,
            [self.at.account_id, self.at.inbox, [h[0] for h in hooks], [h[1] for h in hooks]],
        )

    def counts(self) -> tuple[int, int]:
        """How many of the messages written are not there, and how many are there too often."""
        row = self._house.database.execute(
            "select count(distinct source_id), count(*) from messages "
            "where account_id = %s and message_type = 0",
            [self.at.account_id],
        ).fetchone()
        distinct, stored = row or (0, 0)
        return len(self.sent) - distinct, stored - distinct

    def check(self, *, poison: int = 0) -> None:
        """Everything is there, once, and in each customer's order; counters agree."""
        account = [self.at.account_id]
        found = self._house.database.execute(
            """select ci.source_id, array_agg(m.content::int order by m.id) from messages m
               join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
               join contact_inboxes ci on ci.account_id = c.account_id and ci.id = c.contact_inbox_id
               where m.account_id = %s and m.message_type = 0 group by 1""",
            account,
        )
        expected: dict[str, list[int]] = {}
        for sender, number in self.sent:
            expected.setdefault(sender, []).append(number)
        assert dict(found.fetchall()) == expected
        unread = self._house.value(
            "select sum(unread_count) from conversations where account_id = %s", account
        )
        facts = self._house.value(
            "select count(*) from events where account_id = %s and name = 'message_created' "
            "and fact ->> 'message_type' = '0'",
            account,
        )
        parked = self._house.value(
            "select count(*) from parked_messages where account_id = %s", account
        )
        assert (unread, facts, parked) == (len(self.sent), len(self.sent), poison)


async def customers_of(house: LiveHouse) -> Customers:
    """Customers of an account of its own."""
    desk = Desk.open(house.settings, connections=2)
    try:
        return Customers(house, await small_desk(desk))
    finally:
        await desk.close()
