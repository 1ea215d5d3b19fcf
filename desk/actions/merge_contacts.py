"""Two contacts turn out to be one person."""

from typing import Any

from sqlalchemy import select

from desk.events.contacts import ContactMerged, ContactUpdated
from desk.events.conversations import ConversationContactChanged
from desk.store.transaction import TenantTx
from desk.store.unwanted_files import remove_avatar_later
from desk.tables.contacts import ContactRow
from desk.words.actor import Actor
from desk.words.channels import ChannelKind
from desk.words.errors import Invalid, NotFound
from desk.words.ids import ContactId, ConversationId

_FIELDS = ("name", "email", "phone_number", "identifier")
_ATTRIBUTES = ("additional_attributes", "custom_attributes")

# Somebody else may have written in a thread of mails: those are looked through as well.
_THEIR_MESSAGES = """
update messages set sender_id = %(base)s
where account_id = %(account)s and sender_type = 'Contact' and sender_id = %(mergee)s
  and conversation_id in (
      select c.id from conversations c where c.account_id = %(account)s
         and (c.contact_id = %(mergee)s
              or c.last_activity_at >= %(since)s and c.inbox_id in (
                  select ci.inbox_id from contact_inboxes ci
                  join inboxes i on i.account_id = ci.account_id and i.id = ci.inbox_id
                  where ci.account_id = %(account)s and ci.contact_id = %(mergee)s
                    and i.channel = 'email')))"""

_THEIR_CONVERSATIONS = """
update conversations set contact_id = %(base)s, updated_at = %(now)s
where account_id = %(account)s and contact_id = %(mergee)s returning id"""

_MOVES = (
    """update contact_inboxes set contact_id = %(base)s
       where account_id = %(account)s and contact_id = %(mergee)s""",
    """update contact_notes set contact_id = %(base)s
       where account_id = %(account)s and contact_id = %(mergee)s""",
    """update csat_surveys set contact_id = %(base)s
       where account_id = %(account)s and contact_id = %(mergee)s""",
)

_KNOWN_BY = """
insert into contact_inboxes (account_id, contact_id, inbox_id, source_id, pubsub_token, created_at)
select %(account)s, %(base)s, i.id, %(address)s, replace(gen_random_uuid()::text, '-', ''), %(now)s
from inboxes i where i.account_id = %(account)s and i.channel = %(channel)s
on conflict (inbox_id, source_id) do nothing"""


async def merge_contacts(
    tx: TenantTx, base_id: ContactId, mergee_id: ContactId, *, by: Actor
) -> None:
    """All that was the second's becomes the first's, whose own word counts; the second is gone."""
    if base_id == mergee_id:
        raise Invalid(
            "contact_merged_with_itself",
            "A contact cannot be merged with itself.",
            field="mergee_contact_id",
        )
    base, mergee = await _both(tx, base_id, mergee_id)
    known: dict[str, Any] = {
        "account": tx.account_id,
        "base": base_id,
        "mergee": mergee_id,
        "since": mergee.created_at,
        "now": tx.now,
    }
    await tx.execute(_THEIR_MESSAGES, known)
    moved = [row["id"] for row in await tx.all(_THEIR_CONVERSATIONS, known)]
    for move in _MOVES:
        await tx.execute(move, known)
    theirs = {name: getattr(mergee, name) for name in (*_FIELDS, *_ATTRIBUTES)}
    labels, seen_at = set(mergee.label_ids), mergee.last_activity_at
    picture = mergee.avatar_path
    await tx.session.delete(mergee)
    await tx.session.flush()
    changed = _take_over(base, theirs)
    if labels - set(base.label_ids):
        base.label_ids = sorted(labels | set(base.label_ids))
        changed.append("labels")
    if seen_at is not None and (base.last_activity_at is None or base.last_activity_at < seen_at):
        base.last_activity_at = seen_at
    if base.avatar_path is None:
        base.avatar_path = picture
    else:
        await remove_avatar_later(tx, picture)
    await _stay_known(tx, base, theirs, known)
    for conversation_id in sorted(moved):
        tx.record(
            ConversationContactChanged(ConversationId(conversation_id), mergee_id, base_id),
            by=by,
            conversation_id=ConversationId(conversation_id),
        )
    tx.record(ContactMerged(base_id, mergee_id, len(moved)), by=by)
    if changed:
        tx.record(ContactUpdated(base_id, sorted(changed)), by=by)


async def _both(
    tx: TenantTx, base_id: ContactId, mergee_id: ContactId
) -> tuple[ContactRow, ContactRow]:
    found = await tx.session.execute(
        select(ContactRow)
        .where(ContactRow.account_id == tx.account_id, ContactRow.id.in_([base_id, mergee_id]))
        .order_by(ContactRow.id)
        .with_for_update()
    )
    rows = {row.id: row for row in found.scalars()}
    for contact_id in (base_id, mergee_id):
        if contact_id not in rows:
            raise NotFound("contact_not_found", f"There is no contact {contact_id}.")
    return rows[base_id], rows[mergee_id]


def _take_over(base: ContactRow, theirs: dict[str, Any]) -> list[str]:
    """Fill what is blank at the first; the fields that changed."""
    changed = []
    for name in _FIELDS:
        if not getattr(base, name) and theirs[name]:
            setattr(base, name, theirs[name])
            changed.append(name)
    for name in _ATTRIBUTES:
        before = getattr(base, name)
        together = _joined(theirs[name], before)
        if together != before:
            setattr(base, name, together)
            changed.append(name)
    return changed


def _joined(theirs: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    together = dict(theirs)
    for key, value in ours.items():
        other = together.get(key)
        if isinstance(value, dict) and isinstance(other, dict):
            together[key] = _joined(other, value)
        elif value not in (None, "") or key not in together:
            together[key] = value
    return together


async def _stay_known(
    tx: TenantTx, base: ContactRow, theirs: dict[str, Any], known: dict[str, Any]
) -> None:
    """What the second was known by, and the first does not bear, still leads to the first."""
    addresses: list[tuple[ChannelKind, str]] = []
    if theirs["email"] and theirs["email"] != base.email:
        addresses.append((ChannelKind.EMAIL, theirs["email"].lower()))
    if theirs["phone_number"] and theirs["phone_number"] != base.phone_number:
        addresses.append((ChannelKind.WHATSAPP, theirs["phone_number"].removeprefix("+")))
        addresses.append((ChannelKind.SMS, theirs["phone_number"]))
    for channel, address in addresses:
        await tx.execute(_KNOWN_BY, known | {"channel": channel.value, "address": address})
