"""A message as clients see it; built by Postgres, since lists of them are the hottest read."""

from typing import Any

import msgspec

from desk.shapes.contact import PICTURE

SENDER = f"""
case m.sender_type
  when 'User' then (select json_build_object(
      'id', u.id, 'name', u.name, 'available_name', coalesce(u.display_name, u.name),
      'avatar_url', coalesce(u.avatar_path, ''), 'thumbnail', coalesce(u.avatar_path, ''),
      'type', 'user', 'availability_status', 'offline')
    from users u where u.id = m.sender_id)
  when 'Contact' then (select json_build_object(
      'id', k.id, 'name', k.name, 'email', k.email, 'phone_number', k.phone_number,
      'identifier', k.identifier, 'thumbnail', {PICTURE}, 'type', 'contact', 'blocked', k.blocked,
      'additional_attributes', k.additional_attributes, 'custom_attributes', k.custom_attributes)
    from contacts k where k.account_id = m.account_id and k.id = m.sender_id)
  when 'AgentBot' then (select json_build_object(
      'id', b.id, 'name', b.name, 'description', b.description,
      'avatar_url', coalesce(b.avatar_path, ''), 'thumbnail', coalesce(b.avatar_path, ''),
      'type', 'agent_bot')
    from agent_bots b where b.id = m.sender_id
      and (b.account_id = m.account_id or b.account_id is null))
end"""

ATTACHMENT = """json_build_object(
      'id', f.id, 'message_id', f.message_id, 'account_id', f.account_id,
      'file_type', (array['image','audio','video','file','location','fallback','share',
                          'story_mention','contact'])[f.file_type + 1],
      'extension', null, 'file_name', f.file_name, 'content_type', f.mime_type,
      'file_size', f.size, 'pending', f.file_key is null and f.external_url is null
          and not f.meta ? 'error',
      'data_url', case when f.file_key is not null
          then '/api/v1/accounts/' || f.account_id || '/attachments/' || f.id
          else f.external_url end,
      'thumb_url', case when f.file_type = 0 and f.file_key is not null
          then '/api/v1/accounts/' || f.account_id || '/attachments/' || f.id else '' end,
      'coordinates_lat', f.meta -> 'latitude', 'coordinates_long', f.meta -> 'longitude',
      'fallback_title', f.meta ->> 'title')"""

ATTACHMENTS = f"""
coalesce((select json_agg({ATTACHMENT} order by f.id)
   from attachments f where f.account_id = m.account_id and f.message_id = m.id), '[]'::json)"""

MESSAGE = f"""
json_build_object(
  'id', m.id, 'content', m.content, 'account_id', m.account_id, 'inbox_id', m.inbox_id,
  'conversation_id', c.display_id, 'message_type', m.message_type,
  'content_type', (array['text','input_text','input_textarea','input_email','input_select','cards',
      'form','article','incoming_email','input_csat','integrations','sticker',
      'voice_call'])[m.content_type + 1],
  'status', (array['sent','delivered','read','failed'])[m.status + 1],
  'content_attributes', m.content_attributes, 'additional_attributes', m.additional_attributes,
  'created_at', extract(epoch from m.created_at)::bigint,
  'updated_at', extract(epoch from m.updated_at)::bigint,
  'private', m.private, 'source_id', m.source_id, 'sender_type', m.sender_type,
  'sender_id', m.sender_id, 'sender', {SENDER}, 'attachments', {ATTACHMENTS},
  'external_source_ids', '{{}}'::json, 'processed_message_content', m.content, 'sentiment', '{{}}'::json,
  'queued', m.message_type in (1, 3) and not m.private and m.status = 0
            and m.source_id is null,
  'conversation', json_build_object('assignee_id', c.assignee_id, 'unread_count', c.unread_count,
      'last_activity_at', extract(epoch from c.last_activity_at)::bigint,
      'contact_inbox', json_build_object('source_id', ci.source_id)))"""

FROM_MESSAGES = """
from messages m
join conversations c on c.account_id = m.account_id and c.id = m.conversation_id
join contact_inboxes ci on ci.account_id = c.account_id and ci.id = c.contact_inbox_id"""


class Message(msgspec.Struct):
    """One message of a thread."""

    id: int
    content: str | None
    account_id: int
    inbox_id: int
    conversation_id: int
    """The conversation's number in its account."""
    message_type: int
    content_type: str
    status: str
    content_attributes: dict[str, Any]
    additional_attributes: dict[str, Any]
    created_at: int
    updated_at: int
    private: bool
    source_id: str | None
    sender_type: str | None
    sender_id: int | None
    sender: dict[str, Any] | None
    attachments: list[dict[str, Any]]
    queued: bool
    """Stored by us and not yet taken by the provider."""
    conversation: dict[str, Any] | None = None
    echo_id: str | None = None
