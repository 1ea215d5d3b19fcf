"""A contact as clients see it."""

from typing import Any

import msgspec

PICTURE = "coalesce(k.avatar_path, '')"

ADDRESS = """json_build_object('source_id', ci.source_id, 'inbox', json_build_object(
    'id', i.id, 'avatar_url', '', 'channel_id', i.id, 'name', i.name, 'provider', null,
    'channel_type', case i.channel when 'website' then 'Channel::WebWidget'
        else 'Channel::' || initcap(i.channel) end))"""

CONTACT_ADDRESSES = f"""(select json_agg({ADDRESS} order by ci.id)
    from contact_inboxes ci join inboxes i on i.account_id = ci.account_id and i.id = ci.inbox_id
    where ci.account_id = k.account_id and ci.contact_id = k.id)"""

CONTACT = f"""
json_build_object('id', k.id, 'name', k.name, 'email', k.email, 'phone_number', k.phone_number,
  'identifier', k.identifier, 'thumbnail', {PICTURE}, 'blocked', k.blocked,
  'availability_status', 'offline', 'additional_attributes', k.additional_attributes,
  'custom_attributes', k.custom_attributes,
  'last_activity_at', extract(epoch from k.last_activity_at)::bigint,
  'created_at', extract(epoch from k.created_at)::bigint,
  'contact_inboxes', coalesce({CONTACT_ADDRESSES}, '[]'::json))"""

CONTACT_NOW = CONTACT.replace(
    "'availability_status', 'offline'",
    "'availability_status', case when k.id = any(%(online)s::bigint[]) then 'online' "
    "else 'offline' end",
)
"""The same, with whether they are there: of those in `online`."""


class Contact(msgspec.Struct):
    """A person who writes to the account."""

    id: int
    name: str
    email: str | None
    phone_number: str | None
    identifier: str | None
    thumbnail: str | None
    blocked: bool
    availability_status: str
    additional_attributes: dict[str, Any]
    custom_attributes: dict[str, Any]
    last_activity_at: int | None
    created_at: int
    contact_inboxes: list[dict[str, Any]] = msgspec.field(default_factory=list)
