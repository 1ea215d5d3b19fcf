"""The data of frames: Chatwoot's pushes, from the shapes that the API shows as well."""

from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from desk.events.envelope import Event
from desk.shapes.contact import CONTACT
from desk.store.transaction import Transaction
from desk.words.actor import ActorKind
from desk.words.ids import AccountId

_PERFORMERS = """
select u.id, json_build_object('id', u.id, 'name', u.name,
    'available_name', coalesce(u.display_name, u.name),
    'avatar_url', coalesce(u.avatar_path, ''), 'thumbnail', coalesce(u.avatar_path, ''),
    'type', 'user', 'availability_status',
    (array['online','offline','busy'])[coalesce(au.availability, 1) + 1])::text as shape,
  json_build_object('id', u.id, 'name', coalesce(u.display_name, u.name),
    'available_name', coalesce(u.display_name, u.name),
    'avatar_url', coalesce(u.avatar_path, ''), 'thumbnail', coalesce(u.avatar_path, ''),
    'type', 'user')::text as outside
from users u left join account_users au on au.user_id = u.id and au.account_id = %s
where u.id = any(%s)"""

_CONTACTS = f"""
select k.id, {CONTACT}::text as shape from contacts k where k.account_id = %s and k.id = any(%s)"""

_CACHE_KEYS = """
select (select md5(coalesce(string_agg(l.id || ':' || l.lc_xid, ',' order by l.id), ''))
        from labels l where l.account_id = %(account)s) as label,
       (select md5(coalesce(string_agg(i.id || ':' || i.lc_xid || ':' || (
            select count(*) || '.' || coalesce(sum(m.user_id), 0) from inbox_members m
            where m.account_id = i.account_id and m.inbox_id = i.id), ',' order by i.id), ''))
        from inboxes i where i.account_id = %(account)s) as inbox,
       (select md5(coalesce(string_agg(t.id || ':' || t.lc_xid, ',' order by t.id), ''))
        from teams t where t.account_id = %(account)s) as team"""


class Performers:
    """The people of the desk who caused the events, as screens are shown them."""

    def __init__(self, rows: Iterable[dict[str, Any]] = ()) -> None:
        self._rows = {row["id"]: row for row in rows}

    def named(self, event: Event, shape: str, *, outside: bool = False) -> msgspec.Raw:
        """The data, with the one who caused it if that was somebody of the desk.

        `outside`: as customers may see them, by the name they go by.
        """
        row = None
        if event.by.kind is ActorKind.USER:
            row = self._rows.get(event.by.id or 0)
        if row is not None:
            shape = _add(shape, "performer", row["outside" if outside else "shape"])
        return msgspec.Raw(shape.encode())


async def performers(tx: Transaction, account_id: AccountId, ids: Collection[int]) -> Performers:
    """Those who are users of the desk."""
    if not ids:
        return Performers()
    return Performers(await tx.all(_PERFORMERS, [account_id, sorted(ids)], prepare=True))


async def contact_pushes(
    tx: Transaction, account_id: AccountId, ids: Collection[int]
) -> dict[int, str]:
    """Each contact that there is, as JSON."""
    if not ids:
        return {}
    rows = await tx.all(_CONTACTS, [account_id, sorted(ids)])
    return {
        row["id"]: with_members(row["shape"], {"type": "contact", "account_id": account_id})
        for row in rows
    }


def gone_contact(account_id: AccountId, contact_id: int) -> str:
    """A contact of whom nothing is kept but that they were: every key with an empty value."""
    return msgspec.json.encode(
        {
            "id": contact_id,
            "name": "",
            "email": None,
            "phone_number": None,
            "identifier": None,
            "thumbnail": "",
            "blocked": False,
            "type": "contact",
            "additional_attributes": {},
            "custom_attributes": {},
            "account_id": account_id,
        }
    ).decode()


def conversation_push(row: dict[str, Any]) -> str:
    """The conversation, with what the socket's shape says at its top."""
    channel = row["channel"]
    name = "Channel::WebWidget" if channel == "website" else f"Channel::{channel.capitalize()}"
    address = {
        "id": row["contact_inbox_id"],
        "contact_id": row["contact_id"],
        "inbox_id": row["inbox_id"],
        "source_id": row["source_id"],
        "hmac_verified": row["hmac_verified"],
    }
    return with_members(row["shape"], {"channel": name, "contact_inbox": address})


async def cache_keys(tx: Transaction, account_id: AccountId) -> dict[str, str]:
    """What changes whenever a list that clients keep does: of labels, inboxes and teams."""
    return dict(await tx.one(_CACHE_KEYS, {"account": account_id}))


def with_members(shape: str, members: dict[str, object]) -> str:
    """The JSON object with more members."""
    for name, value in members.items():
        shape = _add(shape, name, msgspec.json.encode(value).decode())
    return shape


def _add(shape: str, name: str, value: str) -> str:
    return f'{shape.rstrip()[:-1]},"{name}":{value}}}'
