"""Who of those on the live line may still listen, and what they may hear."""

from collections.abc import Collection

import msgspec

from desk.access.hearing import Visitor
from desk.store import people
from desk.store.people import Member
from desk.store.transaction import TenantTx


class Rights(msgspec.Struct, frozen=True):
    """What an account's listeners are, read together."""

    suspended: bool
    """The whole account is, or is no more."""
    roster: dict[int, Member]
    """Everybody who works at the account."""
    tokens: dict[int, str]
    """The socket tokens of those users who were asked about."""
    visitors: dict[str, Visitor]
    """Those of the visitors' tokens that there are."""


async def rights(tx: TenantTx, user_ids: Collection[int], visitors: Collection[str]) -> Rights:
    """Look at the account, at all who work there, and at these listeners."""
    account = await tx.first("select suspended from accounts where id = %s", [tx.account_id])
    tokens = visitor_rows = []
    if user_ids:
        tokens = await tx.all(
            "select id, pubsub_token from users where id = any(%s)", [sorted(user_ids)]
        )
    if visitors:
        visitor_rows = await tx.all(
            """select account_id, contact_id, id as contact_inbox_id, inbox_id,
                      pubsub_token as token
               from contact_inboxes where account_id = %s and pubsub_token = any(%s)""",
            [tx.account_id, sorted(visitors)],
        )
    return Rights(
        suspended=account is None or account["suspended"],
        roster=await people.roster(tx),
        tokens={row["id"]: row["pubsub_token"] for row in tokens},
        visitors={row["token"]: msgspec.convert(row, Visitor) for row in visitor_rows},
    )
