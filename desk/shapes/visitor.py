"""What a visitor sees of their own conversation: nothing that is only for the desk."""

from typing import Any

import msgspec

SENDER = """
case m.sender_type
  when 'User' then (select json_build_object(
      'id', u.id, 'name', coalesce(u.display_name, u.name),
      'available_name', coalesce(u.display_name, u.name),
      'avatar_url', coalesce(u.avatar_path, ''), 'thumbnail', coalesce(u.avatar_path, ''),
      'type', 'user')
    from users u where u.id = m.sender_id)
  when 'Contact' then (select json_build_object('id', k.id, 'name', k.name, 'type', 'contact')
    from contacts k where k.account_id = m.account_id and k.id = m.sender_id)
  when 'AgentBot' then (select json_build_object(
      'id', b.id, 'name', b.name, 'available_name', b.name,
      'avatar_url', coalesce(b.avatar_path, ''), 'thumbnail', coalesce(b.avatar_path, ''),
      'type', 'agent_bot')
    from agent_bots b where b.id = m.sender_id
      and (b.account_id = m.account_id or b.account_id is null))
end"""

ATTACHMENTS = """
coalesce((select json_agg(json_build_object(
      'id', f.id, 'message_id', f.message_id,
      'file_type', (array['image','audio','video','file','location','fallback','share',
                          'story_mention','contact'])[f.file_type + 1],
      'file_name', f.file_name, 'content_type', f.mime_type, 'file_size', f.size,
      'data_url', case when f.file_key is not null
          then '/widget/files/' || f.account_id || '/' || f.id || '/'
               || split_part(f.file_key, '/', 2)
          else f.external_url end) order by f.id)
   from attachments f where f.account_id = m.account_id and f.message_id = m.id), '[]'::json)"""

CONTENT_ATTRIBUTES = """
json_strip_nulls(json_build_object(
  'in_reply_to', m.content_attributes -> 'in_reply_to',
  'deleted', m.content_attributes -> 'deleted',
  'items', m.content_attributes -> 'items',
  'submitted_values', case when m.content_type = 9 then (
      select json_build_object('csat_survey_response', json_build_object(
          'rating', s.rating, 'feedback_message', s.feedback))
      from csat_surveys s where s.account_id = m.account_id and s.message_id = m.id
        and s.rating is not null) end))"""

FOR_CUSTOMERS = "not m.private and m.message_type <> 2"
"""The same decision as `desk.access.audience.is_for_customers`, for pages of a thread."""

VISITOR_MESSAGE = f"""
json_build_object(
  'id', m.id, 'account_id', m.account_id, 'content', m.content,
  'message_type', m.message_type,
  'content_type', (array['text','input_text','input_textarea','input_email','input_select','cards',
      'form','article','incoming_email','input_csat','integrations','sticker',
      'voice_call'])[m.content_type + 1],
  'content_attributes', {CONTENT_ATTRIBUTES},
  'created_at', floor(extract(epoch from m.created_at))::bigint, 'conversation_id', c.display_id,
  'status', (array['sent','delivered','read','failed'])[m.status + 1],
  'echo_id', case when m.message_type = 0 and starts_with(m.source_id, ci.source_id || ':')
      then substr(m.source_id, length(ci.source_id) + 2) end,
  'sender', {SENDER}, 'attachments', {ATTACHMENTS})"""

VISITOR_CONVERSATION = """
json_build_object(
  'id', c.display_id, 'account_id', c.account_id, 'inbox_id', c.inbox_id,
  'status', (array['open','resolved','pending','open'])[c.status + 1],
  'contact_last_seen_at', coalesce(extract(epoch from c.contact_last_seen_at)::bigint, 0),
  'agent_last_seen_at', coalesce(extract(epoch from c.agent_last_seen_at)::float, 0),
  'assignee', (select json_build_object('id', u.id, 'name', coalesce(u.display_name, u.name),
      'available_name', coalesce(u.display_name, u.name),
      'avatar_url', coalesce(u.avatar_path, ''), 'thumbnail', coalesce(u.avatar_path, ''))
      from users u where u.id = c.assignee_id),
  'absorbed', array(select part.display_id from conversations part
      where part.account_id = c.account_id and part.merged_into_id = c.id
      order by part.display_id))"""


class VisitorMessage(msgspec.Struct):
    """One message of the visitor's conversation."""

    id: int
    content: str | None
    message_type: int
    content_type: str
    content_attributes: dict[str, Any]
    created_at: int
    conversation_id: int
    status: str
    echo_id: str | None
    sender: dict[str, Any] | None
    attachments: list[dict[str, Any]]


class VisitorConversation(msgspec.Struct):
    """The visitor's conversation, without what it says."""

    id: int
    inbox_id: int
    status: str
    """`open` also while the desk has put it off: that is nobody's business outside."""
    contact_last_seen_at: int
    agent_last_seen_at: float
    assignee: dict[str, Any] | None
    absorbed: list[int] = msgspec.field(default_factory=list)
    """The numbers of those that were merged into it: their messages are among its own."""
