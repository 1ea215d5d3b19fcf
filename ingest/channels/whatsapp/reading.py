"""From WhatsApp's hook to our words: all entries, all changes, all messages, all receipts."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from msgspec import Raw

from desk.words.channels import DeliveryReceipt, Inbound, InboundMessage, InboundParked
from desk.words.conversation import DeliveryStatus
from ingest.channels.whatsapp import payload
from ingest.channels.whatsapp.addresses import is_phone, is_user_id, message_ref
from ingest.channels.whatsapp.contents import content_of
from ingest.storable import storable

UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)
"""What decoding strangers' bytes can raise; invalid UTF-8 is a ValueError."""

STATUSES = {
    "sent": DeliveryStatus.SENT,
    "delivered": DeliveryStatus.DELIVERED,
    "read": DeliveryStatus.READ,
    "played": DeliveryStatus.READ,
    "failed": DeliveryStatus.FAILED,
}
QUIET_STATUSES = frozenset({"deleted", "warning"})
QUIET_TYPES = frozenset({"reaction", "ephemeral", "request_welcome", "system"})
"""Messages in which the customer says nothing that belongs into a conversation."""

T = TypeVar("T")


def read_body(body: bytes, phone_number_id: str) -> Iterator[Inbound]:
    """Everything said to one phone number; what is unreadable is parked, its neighbours are not."""
    hook = _decoded(body, payload.Hook, "the hook")
    if isinstance(hook, InboundParked):
        yield hook
    elif hook.object != payload.OBJECT:
        yield InboundParked(f"the hook is about {hook.object[:80]!r}, not {payload.OBJECT!r}")
    else:
        for raw_entry in hook.entry:
            entry = _decoded(raw_entry, payload.Entry, "an entry")
            if isinstance(entry, InboundParked):
                yield entry
                continue
            for raw_change in entry.changes:
                yield from _change(raw_change, phone_number_id)


def _change(raw: Raw, phone_number_id: str) -> Iterator[Inbound]:
    change = _decoded(raw, payload.Change, "a change")
    if isinstance(change, InboundParked):
        yield change
        return
    if change.field != "messages":
        return
    value = _decoded(change.value, payload.Value, "a change")
    if isinstance(value, InboundParked):
        yield value
        return
    claimed = value.metadata.phone_number_id
    if claimed != phone_number_id:
        yield InboundParked(
            f"the hook is for phone number id {claimed[:80]!r}; this inbox's is {phone_number_id!r}"
        )
        return
    names = _names(value.contacts)
    for raw_message in value.messages:
        yield from _message(raw_message, names)
    for raw_status in value.statuses:
        yield from _receipt(raw_status)
    for raw_error in value.errors:
        error = _decoded(raw_error, payload.Problem, "an error")
        yield (
            error
            if isinstance(error, InboundParked)
            else InboundParked(f"WhatsApp reports {error.sentence()}")
        )


def _message(raw: Raw, names: dict[str, str]) -> Iterator[Inbound]:
    message = _decoded(raw, payload.Message, "a message")
    if isinstance(message, InboundParked):
        yield message
        return
    if message.type in QUIET_TYPES:
        return
    phone, user_id = message.from_, message.from_user_id
    if phone and is_phone(phone):
        sender, sender_phone = phone.lstrip("+"), "+" + phone.lstrip("+")
    elif user_id and is_user_id(user_id):
        sender, sender_phone = user_id, None
    else:
        yield InboundParked("a message has no sender we could answer")
        return
    content = content_of(message)
    if isinstance(content, str):
        yield InboundParked(content)
        return
    attributes = dict(content.attributes)
    if message.referral:
        attributes["referral"] = message.referral
    yield storable(
        InboundMessage(
            source_id=message.id,
            sender=sender,
            sender_phone=sender_phone,
            sender_name=names.get(sender) or names.get(user_id or ""),
            content=content.text,
            files=content.files,
            sent_at=_instant(message.timestamp),
            in_reply_to=message.context.id if message.context else None,
            content_attributes=attributes,
        )
    )


def _receipt(raw: Raw) -> Iterator[Inbound]:
    status = _decoded(raw, payload.Status, "a status")
    if isinstance(status, InboundParked):
        yield status
    elif status.status in STATUSES:
        if not status.id or "\x00" in status.id:
            yield InboundParked("a status has no usable message id")
            return
        error = status.errors[0].sentence().replace("\x00", "") if status.errors else None
        yield DeliveryReceipt(
            source_id=status.id,
            status=STATUSES[status.status],
            message_ref=message_ref(status.biz_opaque_callback_data),
            error=error,
            at=_instant(status.timestamp),
        )
    elif status.status not in QUIET_STATUSES:
        yield InboundParked(f"a status of an unknown kind: {status.status[:80]!r}")


def _names(contacts: list[Raw]) -> dict[str, str]:
    """What customers call themselves, by each of their addresses; without a name they go on."""
    names: dict[str, str] = {}
    for raw in contacts:
        contact = _decoded(raw, payload.Contact, "a contact")
        if isinstance(contact, InboundParked) or contact.profile is None:
            continue
        name = contact.profile.name or contact.profile.username
        for address in (contact.wa_id, contact.user_id):
            if address and name:
                names[address] = name
    return names


def _decoded(raw: bytes | Raw, shape: type[T], what: str) -> T | InboundParked:
    try:
        return msgspec.json.decode(raw, type=shape)
    except UNREADABLE as error:
        return InboundParked(f"{what} cannot be read: {error}".replace("\x00", ""))


def _instant(seconds: str | int | None) -> datetime | None:
    try:
        return None if seconds is None else datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None
