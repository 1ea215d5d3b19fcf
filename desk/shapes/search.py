"""What search shows of a message, a conversation and a contact."""

from typing import Any

import msgspec

INBOX = """json_build_object('id', i.id, 'channel_id', i.id, 'name', i.name,
    'channel_type', case i.channel when 'website' then 'Channel::WebWidget'
        else 'Channel::' || initcap(i.channel) end)"""

PERSON = """json_build_object('id', k.id, 'name', k.name, 'email', k.email,
    'phone_number', k.phone_number, 'identifier', k.identifier,
    'additional_attributes', k.additional_attributes,
    'last_activity_at', extract(epoch from k.last_activity_at)::bigint)"""

COLLEAGUE = """json_build_object('id', u.id, 'name', u.name,
    'available_name', coalesce(u.display_name, u.name), 'email', u.email)"""

SENDER = """case m.sender_type
    when 'User' then (select json_build_object('id', u.id, 'name', u.name,
        'available_name', coalesce(u.display_name, u.name), 'type', 'user')
        from users u where u.id = m.sender_id)
    when 'Contact' then (select json_build_object('id', k.id, 'name', k.name, 'email', k.email,
        'phone_number', k.phone_number, 'identifier', k.identifier, 'type', 'contact')
        from contacts k where k.account_id = m.account_id and k.id = m.sender_id)
    when 'AgentBot' then (select json_build_object('id', b.id, 'name', b.name,
        'type', 'agent_bot')
        from agent_bots b where b.account_id = m.account_id and b.id = m.sender_id)
    end"""

FOUND_MESSAGE = f"""json_build_object('id', m.id, 'content', m.content,
    'message_type', m.message_type,
    'content_type', (array['text','input_text','input_textarea','input_email','input_select',
        'cards','form','article','incoming_email','input_csat','integrations','sticker',
        'voice_call'])[m.content_type + 1],
    'private', m.private, 'source_id', m.source_id, 'account_id', m.account_id,
    'inbox_id', m.inbox_id, 'conversation_id', c.display_id,
    'created_at', extract(epoch from m.created_at)::bigint, 'sender', {SENDER},
    'inbox', {INBOX})"""

MESSAGES = f"""
select m.id, {FOUND_MESSAGE}::text as shape
from messages m
join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
join inboxes i on i.account_id = m.account_id and i.id = m.inbox_id
where m.account_id = %(account)s and m.id = any(%(ids)s::bigint[])"""

CONVERSATIONS = f"""
select c.id, json_build_object('id', c.display_id, 'uuid', c.uuid, 'account_id', c.account_id,
    'status', (array['open','resolved','pending','snoozed'])[c.status + 1],
    'created_at', extract(epoch from c.created_at)::bigint,
    'last_activity_at', extract(epoch from c.last_activity_at)::bigint,
    'message', (select {FOUND_MESSAGE} from messages m
        where m.account_id = c.account_id and m.id = c.last_chat_message_id),
    'contact', {PERSON}, 'inbox', {INBOX},
    'agent', case when u.id is not null then {COLLEAGUE} end,
    'additional_attributes', c.additional_attributes)::text as shape
from conversations c
join contacts k on k.account_id = c.account_id and k.id = c.contact_id
join inboxes i on i.account_id = c.account_id and i.id = c.inbox_id
left join users u on u.id = c.assignee_id
where c.account_id = %(account)s and c.id = any(%(ids)s::bigint[])"""

CONTACTS = f"""
select k.id, {PERSON}::text as shape from contacts k
where k.account_id = %(account)s and k.id = any(%(ids)s::bigint[])"""


class FoundMessage(msgspec.Struct):
    """A message that matched."""

    id: int
    content: str | None
    message_type: int
    content_type: str
    private: bool
    source_id: str | None
    account_id: int
    inbox_id: int
    conversation_id: int
    created_at: int
    sender: dict[str, Any] | None
    inbox: dict[str, Any]


class FoundConversation(msgspec.Struct):
    """A conversation that matched, with the last thing said in it."""

    id: int
    uuid: str
    account_id: int
    status: str
    created_at: int
    last_activity_at: int
    message: FoundMessage | None
    contact: dict[str, Any]
    inbox: dict[str, Any]
    agent: dict[str, Any] | None
    additional_attributes: dict[str, Any]


class FoundContact(msgspec.Struct):
    """A contact that matched."""

    id: int
    name: str
    email: str | None
    phone_number: str | None
    identifier: str | None
    additional_attributes: dict[str, Any]
    last_activity_at: int | None
