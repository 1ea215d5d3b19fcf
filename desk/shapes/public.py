"""What a client of the public API sees: Chatwoot's public shapes, nothing that is only the desk's."""

from typing import Any

import msgspec

from desk.shapes.visitor import FOR_CUSTOMERS, VISITOR_MESSAGE

_INSTANT = '\'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\''

CONTACT_RECORD = f"""
json_build_object('id', k.id, 'name', k.name, 'email', k.email, 'phone_number', k.phone_number,
  'identifier', k.identifier, 'blocked', k.blocked,
  'additional_attributes', k.additional_attributes, 'custom_attributes', k.custom_attributes,
  'contact_type', 'visitor', 'country_code', '', 'last_name', '', 'middle_name', '',
  'location', '', 'company_id', null, 'label_list', coalesce((select json_agg(l.title order by l.title)
      from labels l where l.account_id = k.account_id and l.id = any(k.label_ids)), '[]'::json),
  'last_activity_at', to_char(k.last_activity_at at time zone 'utc', {_INSTANT}),
  'created_at', to_char(k.created_at at time zone 'utc', {_INSTANT}),
  'updated_at', to_char(coalesce(k.last_activity_at, k.created_at) at time zone 'utc', {_INSTANT}),
  'account_id', k.account_id)"""

PUBLIC_CONTACT = """
json_build_object('source_id', ci.source_id, 'pubsub_token', ci.pubsub_token, 'id', k.id,
  'name', k.name, 'email', k.email, 'phone_number', k.phone_number)"""

MESSAGES_SHOWN = 20

PUBLIC_CONVERSATION = f"""
json_build_object(
  'id', c.display_id, 'uuid', c.uuid, 'inbox_id', c.inbox_id,
  'contact_last_seen_at', coalesce(extract(epoch from c.contact_last_seen_at)::bigint, 0),
  'status', (array['open','resolved','pending','snoozed'])[c.status + 1],
  'agent_last_seen_at', coalesce(extract(epoch from c.agent_last_seen_at)::bigint, 0),
  'messages', coalesce((select json_agg(shown.shape order by shown.id) from (
      select m.id, {VISITOR_MESSAGE} as shape from messages m
      where m.account_id = c.account_id and m.conversation_id = c.id and {FOR_CUSTOMERS}
      order by m.id desc limit {MESSAGES_SHOWN}) shown), '[]'::json),
  'contact', {CONTACT_RECORD})"""


class ContactRecord(msgspec.Struct):
    """A customer with everything that is known of them."""

    id: int
    account_id: int
    name: str | None
    email: str | None
    phone_number: str | None
    identifier: str | None
    blocked: bool
    additional_attributes: dict[str, Any]
    custom_attributes: dict[str, Any]
    label_list: list[str]
    created_at: str
    updated_at: str
    last_activity_at: str | None


class PublicContact(msgspec.Struct):
    """A customer as the client knows them: the address, and the token for the live line."""

    source_id: str
    pubsub_token: str
    id: int
    name: str
    email: str | None
    phone_number: str | None


class PublicConversation(msgspec.Struct):
    """One of the customer's conversations, with its newest messages."""

    id: int
    uuid: str
    inbox_id: int
    contact_last_seen_at: int
    status: str
    agent_last_seen_at: int
    messages: list[dict[str, Any]]
    contact: dict[str, Any]
