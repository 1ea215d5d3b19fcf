"""A conversation as clients see it; built by Postgres for a page of ids at a time."""

from typing import Any

import msgspec

from desk.shapes.contact import PICTURE
from desk.shapes.message import MESSAGE
from desk.shapes.sla import APPLIED_SLA, SLA_EVENTS

AGENT = """json_build_object('id', u.id, 'name', u.name,
  'available_name', coalesce(u.display_name, u.name), 'email', u.email,
  'avatar_url', coalesce(u.avatar_path, ''), 'thumbnail', coalesce(u.avatar_path, ''),
  'role', (array['agent','administrator'])[coalesce(au.role, 0) + 1],
  'availability_status', (array['online','offline','busy'])[coalesce(au.availability, 1) + 1],
  'account_id', c.account_id, 'confirmed', true, 'auto_offline', coalesce(au.auto_offline, true))"""

CAN_REPLY = """(i.config ->> 'free_reply_hours' is null or coalesce(
  c.last_incoming_at > %(now)s - make_interval(hours => (i.config ->> 'free_reply_hours')::int),
  false))"""

CONVERSATION = f"""
json_build_object(
  'meta', json_build_object(
    'sender', json_build_object('id', k.id, 'name', k.name, 'email', k.email,
        'phone_number', k.phone_number, 'identifier', k.identifier, 'thumbnail', {PICTURE},
        'blocked', k.blocked, 'availability_status', 'offline',
        'additional_attributes', k.additional_attributes,
        'custom_attributes', k.custom_attributes,
        'last_activity_at', extract(epoch from k.last_activity_at)::bigint,
        'created_at', extract(epoch from k.created_at)::bigint),
    'channel', case i.channel when 'website' then 'Channel::WebWidget'
        else 'Channel::' || initcap(i.channel) end,
    'assignee', case when u.id is not null then {AGENT} end,
    'assignee_type', case when u.id is not null then 'User' end,
    'team', case when t.id is not null then json_build_object('id', t.id, 'name', t.name,
        'description', t.description, 'allow_auto_assign', t.allow_auto_assign,
        'account_id', t.account_id) end,
    'hmac_verified', ci.hmac_verified),
  'id', c.display_id, 'uuid', c.uuid, 'account_id', c.account_id, 'inbox_id', c.inbox_id,
  'messages', case when last.shape is null then '[]'::json else json_build_array(last.shape) end,
  'last_non_activity_message', case when c.last_chat_message_id = c.last_message_id
      then last.shape else chat.shape end,
  'additional_attributes', c.additional_attributes, 'custom_attributes', c.custom_attributes,
  'agent_last_seen_at', coalesce(extract(epoch from c.agent_last_seen_at)::bigint, 0),
  'assignee_last_seen_at', coalesce(extract(epoch from c.assignee_last_seen_at)::bigint, 0),
  'contact_last_seen_at', coalesce(extract(epoch from c.contact_last_seen_at)::bigint, 0),
  'can_reply', {CAN_REPLY}, 'muted', k.blocked,
  'labels', coalesce((select json_agg(l.title order by l.title) from labels l
      where l.account_id = c.account_id and l.id = any(c.label_ids)), '[]'::json),
  'snoozed_until', extract(epoch from c.snoozed_until)::bigint,
  'status', (array['open','resolved','pending','snoozed'])[c.status + 1],
  'priority', (array['low','medium','high','urgent'])[c.priority + 1],
  'created_at', extract(epoch from c.created_at)::bigint,
  'updated_at', extract(epoch from c.updated_at)::float,
  'timestamp', extract(epoch from c.last_activity_at)::bigint,
  'last_activity_at', extract(epoch from c.last_activity_at)::bigint,
  'first_reply_created_at', coalesce(extract(epoch from c.first_reply_created_at)::bigint, 0),
  'waiting_since', coalesce(extract(epoch from c.waiting_since)::bigint, 0),
  'unread_count', c.unread_count, 'sla_policy_id', c.sla_policy_id,
  'applied_sla', case when c.sla_policy_id is null then '{{}}'::json else ({APPLIED_SLA}) end,
  'sla_events', case when c.sla_policy_id is null then '[]'::json else ({SLA_EVENTS}) end,
  'merged_into', case when c.merged_into_id is not null then (select s.display_id
      from conversations s where s.account_id = c.account_id and s.id = c.merged_into_id) end,
  'version', c.version)"""

_PREVIEW = MESSAGE.replace(
    "'content_attributes', m.content_attributes,",
    "'content_attributes', m.content_attributes #- '{email,text_content}' "
    "#- '{email,html_content}',",
)
"""A message as lists show it: a mail's quoted text is read in its thread."""

HYDRATE = f"""
select c.id, c.inbox_id, c.assignee_id, ci.pubsub_token as contact_token, i.channel,
       ci.id as contact_inbox_id, ci.contact_id, ci.source_id, ci.hmac_verified,
       {CONVERSATION}::text as shape
from (select * from conversations
      where account_id = %(account_id)s and id = any(%(ids)s) offset 0) c
join contacts k on k.account_id = c.account_id and k.id = c.contact_id
join inboxes i on i.account_id = c.account_id and i.id = c.inbox_id
join contact_inboxes ci on ci.account_id = c.account_id and ci.id = c.contact_inbox_id
left join users u on u.id = c.assignee_id
left join account_users au on au.account_id = c.account_id and au.user_id = c.assignee_id
left join teams t on t.account_id = c.account_id and t.id = c.team_id
left join lateral (select {_PREVIEW} as shape from messages m
    where m.account_id = c.account_id and m.id = c.last_message_id) last on true
left join lateral (select {_PREVIEW} as shape from messages m
    where m.account_id = c.account_id and m.id = c.last_chat_message_id
      and c.last_chat_message_id is distinct from c.last_message_id) chat on true"""
"""The rows first, by their key: joined freely, a plan made for the average account walks through
a large one's inboxes instead."""


class Conversation(msgspec.Struct):
    """One conversation of a list."""

    meta: dict[str, Any]
    id: int
    """Its number in its account."""
    uuid: str
    account_id: int
    inbox_id: int
    messages: list[dict[str, Any]]
    last_non_activity_message: dict[str, Any] | None
    additional_attributes: dict[str, Any]
    custom_attributes: dict[str, Any]
    agent_last_seen_at: int
    assignee_last_seen_at: int
    contact_last_seen_at: int
    can_reply: bool
    muted: bool
    labels: list[str]
    snoozed_until: int | None
    status: str
    priority: str | None
    created_at: int
    updated_at: float
    timestamp: int
    last_activity_at: int
    first_reply_created_at: int
    waiting_since: int
    unread_count: int
    version: int
    """Grows with every change: a client keeps the newest it has seen."""
    sla_policy_id: int | None = None
    applied_sla: dict[str, Any] = msgspec.field(default_factory=dict)
    """Empty where the conversation has no SLA policy."""
    sla_events: list[dict[str, Any]] = msgspec.field(default_factory=list)
    """What was missed."""
    merged_into: int | None = None
    """The number of the conversation it became part of."""
