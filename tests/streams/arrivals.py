"""Hooks in the journal, as the door writes them, and the records they become."""

from collections.abc import Mapping, Sequence
from typing import Any

from desk.store.desk import Desk
from streams.publishing import hook_record
from streams.record import Record
from tests.builders.accounts import SmallDesk
from tests.builders.messages import AMARA
from tests.ingest.inboxes import WhatsAppInbox

_JOURNAL = """
insert into inbound (account_id, inbox_id, channel, sender, body, received_at)
select %s, %s, 'whatsapp', s, b, %s
from unnest(%b::text[], %b::bytea[]) with ordinality as hooks(s, b, place) order by place
returning account_id, id, inbox_id, channel, sender, headers::text, body, received_at"""


def hook(at: SmallDesk, text: str, *, sender: str = AMARA, number: int = 1) -> tuple[str, bytes]:
    """Sender and bytes of a text message."""
    return sender, WhatsAppInbox.of(at).text(text, sender=sender, number=number)


async def journal(
    desk: Desk, at: SmallDesk, hooks: Sequence[tuple[str, bytes]]
) -> list[Mapping[str, Any]]:
    """The hooks' rows."""
    async with desk.transaction(at.account_id) as tx:
        return list(
            await tx.all(
                _JOURNAL,
                [at.account_id, at.inbox, tx.now, [h[0] for h in hooks], [h[1] for h in hooks]],
            )
        )


async def arrive(desk: Desk, at: SmallDesk, *hooks: tuple[str, bytes]) -> list[Record]:
    """The hooks' records, as the relay makes them."""
    records = []
    for row in await journal(desk, at, hooks):
        _, value, headers = hook_record(dict(row))
        records.append(Record(value, dict(headers)))
    return records


async def rows(desk: Desk, at: SmallDesk, table: str) -> list[dict[str, Any]]:
    """A table's rows of the account, oldest first."""
    async with desk.transaction(at.account_id) as tx:
        return await tx.all(f"select * from {table} order by id")
