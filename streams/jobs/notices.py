"""The whole of a message, for channels whose receiver is a program."""

import msgspec

from desk.shapes.message_event import message_event
from desk.store.conversations import shapes
from desk.store.file_links import file_link
from desk.store.messages import message_shapes
from desk.words.ids import AccountId, MessageId
from ingest.channel_contract import Notice
from streams.jobs.workshop import Workshop

_AROUND = """
select m.conversation_id, a.name as account, i.name as inbox
from messages m
join accounts a on a.id = m.account_id
join inboxes i on i.account_id = m.account_id and i.id = m.inbox_id
where m.account_id = %s and m.id = %s"""


async def notice_of(work: Workshop, account_id: AccountId, message_id: MessageId) -> Notice:
    """Chatwoot's `message_created`, as things stand now."""
    async with work.desk.transaction(account_id) as tx:
        around = await tx.one(_AROUND, [account_id, message_id])
        message = (await message_shapes(tx, account_id, [message_id]))[message_id]
        where = around["conversation_id"]
        conversation = (await shapes(tx, account_id, [where]))[where]

    def link_to(attachment_id: int, name: str) -> str:
        public_url = work.desk.settings.addresses.public_url
        return file_link(work.desk.secrets, public_url, account_id, attachment_id, name)

    event = message_event(
        "message_created",
        msgspec.json.decode(message["shape"]),
        msgspec.json.decode(conversation["shape"]),
        account_name=around["account"],
        inbox_name=around["inbox"],
        link_to=link_to,
    )
    return Notice(event, work.desk.clock.now())
