"""Websites and their visitors: who they are, and what they may read of their conversation."""

from typing import Any

import msgspec

from desk.access.hearing import Visitor
from desk.shapes.message import FROM_MESSAGES
from desk.shapes.visitor import FOR_CUSTOMERS, VISITOR_CONVERSATION, VISITOR_MESSAGE
from desk.store.transaction import TenantTx, Transaction, WideTx
from desk.words.channels import ChannelKind
from desk.words.errors import NotFound
from desk.words.ids import AccountId, ConversationId, InboxId
from desk.words.websites import DEFAULTS

PAGE = 20
_FAR = 2**62

_WITH_ITS_PARTS = """
select id from conversations
where account_id = %(account)s and id = %(conversation)s
union all
select id from conversations
where account_id = %(account)s and merged_into_id = %(conversation)s"""

HAVE_A_LINE = (ChannelKind.WEBSITE.value, ChannelKind.API.value)
"""Channels whose customers may listen on the live line themselves."""


class Website(msgspec.Struct, frozen=True):
    """A website inbox as its widget knows it."""

    account_id: AccountId
    inbox_id: InboxId
    token: str
    name: str
    account_name: str
    suspended: bool
    config: dict[str, Any]
    secrets: bytes | None
    working_hours_enabled: bool
    time_zone: str
    week: list[dict[str, Any]]
    greeting: str | None
    out_of_office: str | None
    csat_survey_enabled: bool
    locked_to_single: bool


async def website_of(tx: WideTx, website_token: str) -> Website | None:
    """The website inbox with this token, or nothing."""
    row = await tx.first(
        """select i.account_id, i.id as inbox_id, i.address as token, i.name,
                  a.name as account_name, a.suspended, i.config, i.secrets, i.working_hours_enabled,
                  i.time_zone, i.csat_survey_enabled, i.lock_to_single_conversation as locked_to_single,
                  case when i.greeting_enabled then i.greeting_message end as greeting,
                  i.out_of_office_message as out_of_office,
                  coalesce((select json_agg(json_build_object('day_of_week', w.day_of_week,
                        'opens', w.opens, 'closes', w.closes) order by w.day_of_week)
                    from working_hours w
                    where w.account_id = i.account_id and w.inbox_id = i.id), '[]'::json) as week
           from inboxes i join accounts a on a.id = i.account_id
           where i.channel = 'website' and i.address = %s and a.deleted_at is null""",
        [website_token],
    )
    if row is None:
        return None
    return msgspec.convert({**row, "config": DEFAULTS | row["config"]}, Website)


_VISITOR = """
select ci.account_id, ci.contact_id, ci.id as contact_inbox_id, ci.inbox_id,
       ci.pubsub_token as token
from contact_inboxes ci"""


async def visitor_at(tx: TenantTx, inbox_id: InboxId, source_id: str) -> Visitor | None:
    """The visitor who has this address on the inbox, or nobody."""
    row = await tx.first(
        f"{_VISITOR} where ci.account_id = %s and ci.inbox_id = %s and ci.source_id = %s",
        [tx.account_id, inbox_id, source_id],
    )
    return None if row is None else msgspec.convert(row, Visitor)


async def visitor_of_socket(tx: WideTx, pubsub_token: str) -> Visitor | None:
    """The customer whose address has this socket token, where the channel gives them a line."""
    row = await tx.first(
        f"""{_VISITOR} join inboxes i on i.account_id = ci.account_id and i.id = ci.inbox_id
            join accounts a on a.id = ci.account_id and not a.suspended
            where ci.pubsub_token = %s and i.channel = any(%s)""",
        [pubsub_token, list(HAVE_A_LINE)],
    )
    return None if row is None else msgspec.convert(row, Visitor)


async def about_address(tx: TenantTx, contact_inbox_id: int) -> dict[str, Any]:
    """Whose address it is: id, name, email, phone_number and identifier; raises NotFound."""
    row = await tx.first(
        """select k.id, k.name, k.email, k.phone_number, k.identifier
           from contact_inboxes ci
           join contacts k on k.account_id = ci.account_id and k.id = ci.contact_id
           where ci.account_id = %s and ci.id = %s""",
        [tx.account_id, contact_inbox_id],
    )
    if row is None:
        raise NotFound("contact_not_found", "There is no such contact.")
    return row


async def current_conversation(tx: TenantTx, visitor: Visitor) -> ConversationId | None:
    """The visitor's latest conversation or what it became part of, or nothing."""
    row = await tx.first(
        """select coalesce(merged_into_id, id) as id from conversations where account_id = %s and contact_inbox_id = %s
           order by id desc limit 1""",
        [tx.account_id, visitor.contact_inbox_id],
    )
    return None if row is None else ConversationId(row["id"])


async def visitor_messages(
    tx: TenantTx,
    conversation_id: ConversationId,
    *,
    before: int | None = None,
    after: int | None = None,
) -> bytes:
    """A JSON array, oldest first: the newest 20, those below `before`, or up to 100 after `after`.

    To the customer it is one matter: what was merged into the conversation is among them.
    """
    order, limit = ("asc", 100) if after is not None and before is None else ("desc", PAGE)
    row = await tx.one(
        f"""select coalesce(json_agg(page.shape order by page.id), '[]'::json)::text as shapes
            from (select m.id, {VISITOR_MESSAGE} as shape {FROM_MESSAGES}
                  where m.account_id = %(account)s and m.id < %(before)s and m.id > %(after)s
                    and m.conversation_id in ({_WITH_ITS_PARTS}) and {FOR_CUSTOMERS}
                  order by m.id {order} limit {limit}) page""",
        {
            "account": tx.account_id,
            "conversation": conversation_id,
            "before": before or _FAR,
            "after": after or 0,
        },
    )
    return str(row["shapes"]).encode()


async def visitor_message(tx: Transaction, account_id: AccountId, message_id: int) -> str:
    """One message as JSON; raises NotFound."""
    shapes = await visitor_message_shapes(tx, account_id, [message_id])
    if message_id not in shapes:
        raise NotFound("message_not_found", "There is no such message.")
    return shapes[message_id]


async def visitor_message_shapes(
    tx: Transaction, account_id: AccountId, ids: list[int]
) -> dict[int, str]:
    """Those of the messages that a customer may see, each as JSON."""
    if not ids:
        return {}
    rows = await tx.all(
        f"""select m.id, {VISITOR_MESSAGE}::text as shape {FROM_MESSAGES}
            where m.account_id = %s and m.id = any(%s) and {FOR_CUSTOMERS}""",
        [account_id, ids],
    )
    return {row["id"]: row["shape"] for row in rows}


async def visitor_conversation_shapes(
    tx: Transaction, account_id: AccountId, ids: list[int]
) -> dict[int, str]:
    """The conversations as their customers see them, each as JSON."""
    if not ids:
        return {}
    rows = await tx.all(
        f"""select c.id, {VISITOR_CONVERSATION}::text as shape from conversations c
            where c.account_id = %s and c.id = any(%s)""",
        [account_id, ids],
    )
    return {row["id"]: row["shape"] for row in rows}


async def visitor_conversation(tx: TenantTx, conversation_id: ConversationId) -> str:
    """One conversation as its customer sees it; raises NotFound."""
    shapes = await visitor_conversation_shapes(tx, tx.account_id, [conversation_id])
    if conversation_id not in shapes:
        raise NotFound("conversation_not_found", "There is no such conversation.")
    return shapes[conversation_id]


async def file_for_customers(tx: TenantTx, attachment_id: int) -> dict[str, Any] | None:
    """file_key, file_name, mime_type and size of a file that its customer may fetch, or nothing."""
    return await tx.first(
        f"""select f.file_key, f.file_name, f.mime_type, f.size
            from attachments f
            join messages m on m.account_id = f.account_id and m.id = f.message_id
            join inboxes i on i.account_id = m.account_id and i.id = m.inbox_id
            where f.account_id = %s and f.id = %s and f.file_key is not null
              and i.channel = any(%s) and {FOR_CUSTOMERS}""",
        [tx.account_id, attachment_id, list(HAVE_A_LINE)],
    )


async def source_of(tx: TenantTx, visitor: Visitor) -> str:
    """The visitor's address on their inbox."""
    row = await tx.one(
        "select source_id from contact_inboxes where account_id = %s and id = %s",
        [tx.account_id, visitor.contact_inbox_id],
    )
    return str(row["source_id"])
