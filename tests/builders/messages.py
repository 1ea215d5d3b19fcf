"""Customers' messages, as an adapter would have read them."""

import itertools
import secrets

from desk.actions.receive_messages import Received, receive_messages
from desk.store.desk import Desk
from desk.words.channels import Inbound, InboundMessage
from desk.words.ids import InboundId
from tests.builders.accounts import SmallDesk

_numbers = itertools.count(1)
_run = secrets.token_hex(4)

AMARA = "2348035550199"


def said(
    content: str | None, *, sender: str = AMARA, name: str = "Amara Okonkwo", source_id: str = ""
) -> InboundMessage:
    """A text message of a customer."""
    return InboundMessage(
        source_id=source_id or f"wamid.{_run}{next(_numbers)}",
        sender=sender,
        content=content,
        sender_name=name,
        sender_phone=f"+{sender}",
    )


async def receive(desk: Desk, at: SmallDesk, *readings: Inbound) -> None:
    """The readings arrive as one hook."""
    async with desk.transaction(at.account_id) as tx:
        row = await tx.one(
            """insert into inbound (account_id, inbox_id, channel, body, received_at)
               values (%s, %s, 'whatsapp', '', %s) returning id""",
            [at.account_id, at.inbox, tx.now],
        )
    async with desk.transaction_across_accounts(reason="a test plays the stream") as wide:
        await receive_messages(
            wide,
            [Received(InboundId(row["id"]), at.account_id, at.inbox, wide.now, readings)],
        )
