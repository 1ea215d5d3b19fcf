"""API inboxes and their customers, as clients of the public API ask for them."""

from typing import Any

import msgspec

from desk.access.hearing import Visitor
from desk.shapes.public import CONTACT_RECORD, PUBLIC_CONTACT, PUBLIC_CONVERSATION
from desk.store.transaction import TenantTx, WideTx
from desk.words.errors import NotFound
from desk.words.ids import AccountId, ConversationId, DisplayId, InboxId

MOST_CONVERSATIONS = 50


class ApiInbox(msgspec.Struct, frozen=True):
    """An API inbox as its clients know it."""

    account_id: AccountId
    inbox_id: InboxId
    identifier: str
    name: str
    suspended: bool
    config: dict[str, Any]
    secrets: bytes | None
    working_hours_enabled: bool
    time_zone: str
    week: list[dict[str, Any]]
    greeting_enabled: bool
    csat_survey_enabled: bool
    locked_to_single: bool


class Addressee(msgspec.Struct, frozen=True):
    """A customer by the address they have on an inbox."""

    visitor: Visitor
    source_id: str
    verified: bool


async def api_inbox_of(tx: WideTx, identifier: str) -> ApiInbox | None:
    """The API inbox with this identifier, or nothing."""
    row = await tx.first(
        """select i.account_id, i.id as inbox_id, i.address as identifier, i.name, a.suspended,
                  i.config, i.secrets, i.working_hours_enabled, i.time_zone, i.greeting_enabled,
                  i.csat_survey_enabled, i.lock_to_single_conversation as locked_to_single,
                  coalesce((select json_agg(json_build_object('day_of_week', w.day_of_week,
                        'opens', w.opens, 'closes', w.closes) order by w.day_of_week)
                    from working_hours w
                    where w.account_id = i.account_id and w.inbox_id = i.id), '[]'::json) as week
           from inboxes i join accounts a on a.id = i.account_id
           where i.channel = 'api' and i.address = %s and a.deleted_at is null""",
        [identifier],
    )
    return None if row is None else msgspec.convert(row, ApiInbox)


async def addressee_at(tx: TenantTx, inbox_id: InboxId, source_id: str) -> Addressee:
    """The customer who has this address on the inbox; raises NotFound."""
    row = await tx.first(
        """select account_id, contact_id, id as contact_inbox_id, inbox_id, pubsub_token as token,
                  source_id, hmac_verified
           from contact_inboxes where account_id = %s and inbox_id = %s and source_id = %s""",
        [tx.account_id, inbox_id, source_id],
    )
    if row is None:
        raise NotFound("contact_not_found", "There is no contact with this identifier.")
    return Addressee(msgspec.convert(row, Visitor), row["source_id"], row["hmac_verified"])


async def public_contact(tx: TenantTx, contact_inbox_id: int) -> str:
    """The customer as JSON."""
    row = await tx.one(
        f"""select {PUBLIC_CONTACT}::text as shape from contact_inboxes ci
            join contacts k on k.account_id = ci.account_id and k.id = ci.contact_id
            where ci.account_id = %s and ci.id = %s""",
        [tx.account_id, contact_inbox_id],
    )
    return str(row["shape"])


async def contact_record(tx: TenantTx, contact_id: int) -> str:
    """The whole contact as JSON."""
    row = await tx.one(
        f"""select {CONTACT_RECORD}::text as shape from contacts k
            where k.account_id = %s and k.id = %s""",
        [tx.account_id, contact_id],
    )
    return str(row["shape"])


# A customer who was verified sees what they said under other verified addresses as well.
_THEIRS = """
c.account_id = %(account)s and c.inbox_id = %(inbox)s
and (c.contact_inbox_id = %(address)s or (%(verified)s and c.contact_inbox_id in (
    select v.id from contact_inboxes v where v.account_id = %(account)s
      and v.inbox_id = %(inbox)s and v.contact_id = %(contact)s and v.hmac_verified)))"""

_SHOWN = f"""
select c.id, {PUBLIC_CONVERSATION} as shape
from conversations c
join contacts k on k.account_id = c.account_id and k.id = c.contact_id
join contact_inboxes ci on ci.account_id = c.account_id and ci.id = c.contact_inbox_id"""


async def conversations_of(tx: TenantTx, who: Addressee) -> bytes:
    """A JSON array of the customer's conversations, oldest first."""
    row = await tx.one(
        f"""select coalesce(json_agg(theirs.shape order by theirs.id), '[]'::json)::text as shapes
            from ({_SHOWN} where {_THEIRS} order by c.id desc limit {MOST_CONVERSATIONS}) theirs""",
        _whose(tx, who),
    )
    return str(row["shapes"]).encode()


async def conversation_of(tx: TenantTx, who: Addressee, display_id: DisplayId) -> ConversationId:
    """One of the customer's conversations by its number; raises NotFound."""
    row = await tx.first(
        f"select c.id from conversations c where {_THEIRS} and c.display_id = %(number)s",
        {**_whose(tx, who), "number": display_id},
    )
    if row is None:
        raise NotFound("conversation_not_found", f"There is no conversation {display_id}.")
    return ConversationId(row["id"])


async def latest_conversation(tx: TenantTx, who: Addressee) -> ConversationId | None:
    """The customer's newest conversation or what it became part of, or nothing."""
    row = await tx.first(
        f"""select coalesce(c.merged_into_id, c.id) as id from conversations c
            where {_THEIRS} order by c.id desc limit 1""",
        _whose(tx, who),
    )
    return None if row is None else ConversationId(row["id"])


async def public_conversation(tx: TenantTx, conversation_id: ConversationId) -> str:
    """One conversation as JSON."""
    row = await tx.one(
        f"""select theirs.shape::text as shape
            from ({_SHOWN} where c.account_id = %s and c.id = %s) theirs""",
        [tx.account_id, conversation_id],
    )
    return str(row["shape"])


def _whose(tx: TenantTx, who: Addressee) -> dict[str, Any]:
    return {
        "account": tx.account_id,
        "inbox": who.visitor.inbox_id,
        "address": who.visitor.contact_inbox_id,
        "contact": who.visitor.contact_id,
        "verified": who.verified,
    }
