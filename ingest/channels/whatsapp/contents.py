"""What a WhatsApp message says: its text, its files, and what else is worth keeping."""

from collections.abc import Mapping
from typing import Any

import msgspec

from desk.words.channels import InboundFile
from desk.words.conversation import FileType
from ingest.channels.whatsapp.payload import Card, Location, Media, Message, Order

UNSUPPORTED = (
    "The customer sent something WhatsApp does not pass on. Ask them to send it another way."
)
MEDIA_TYPES: Mapping[str, FileType] = {
    "image": FileType.IMAGE,
    "sticker": FileType.IMAGE,
    "audio": FileType.AUDIO,
    "voice": FileType.AUDIO,
    "video": FileType.VIDEO,
    "document": FileType.FILE,
}


class Content(msgspec.Struct, frozen=True):
    """The readable part of a message."""

    text: str | None
    files: tuple[InboundFile, ...] = ()
    attributes: dict[str, Any] = {}


def content_of(message: Message) -> Content | str:
    """The content, or the reason why there is none."""
    content: Content | None
    match message.type:
        case "text":
            content = Content(message.text.body) if message.text else None
        case "button":
            content = Content(message.button.text) if message.button else None
        case "interactive":
            content = _tapped(message)
        case "location":
            content = _location(message.location) if message.location else None
        case "contacts":
            content = _cards(message.contacts) if message.contacts else None
        case "order":
            content = _order(message.order) if message.order else None
        case kind if kind in MEDIA_TYPES:
            media: Media | None = getattr(message, kind)
            content = _media(media, MEDIA_TYPES[kind]) if media else None
        case _:
            content = _unsupported(message)
    return (
        content or f"a message of type {message.type[:80]!r} lacks its {message.type[:80]!r} part"
    )


def _tapped(message: Message) -> Content | None:
    tap = message.interactive
    if tap is None:
        return None
    if reply := tap.button_reply or tap.list_reply:
        return Content(reply.title)
    if flow := tap.nfm_reply:
        kept = {"flow_response": flow.response_json} if flow.response_json else {}
        return Content(flow.body or flow.name or "Form sent", attributes=kept)
    return _unsupported(message)


def _media(media: Media, file_type: FileType) -> Content:
    file = InboundFile(
        file_type=file_type, remote_id=media.id, mime_type=media.mime_type, name=media.filename
    )
    return Content(media.caption or None, (file,))


def _location(location: Location) -> Content:
    name = ", ".join(part for part in (location.name, location.address) if part)
    file = InboundFile(
        file_type=FileType.LOCATION,
        latitude=location.latitude,
        longitude=location.longitude,
        name=name or None,
        url=location.url,
    )
    return Content(name or None, (file,))


def _cards(cards: list[Card]) -> Content:
    """Shared contacts as lines an agent can read and copy."""
    lines = []
    for card in cards:
        phones = [number for phone in card.phones if (number := phone.phone or phone.wa_id)]
        lines.append(
            ": ".join(part for part in (card.name.formatted_name, ", ".join(phones)) if part)
        )
    return Content("\n".join(lines), attributes={"shared_contacts": msgspec.to_builtins(cards)})


def _order(order: Order) -> Content:
    lines = [order.text] if order.text else []
    for item in order.product_items:
        price = "" if item.item_price is None else f" at {item.item_price} {item.currency or ''}"
        lines.append(f"{item.quantity} x {item.product_retailer_id}{price}".rstrip())
    return Content("\n".join(lines), attributes={"order": msgspec.to_builtins(order)})


def _unsupported(message: Message) -> Content:
    attributes: dict[str, Any] = {"is_unsupported": True}
    if message.type != "unsupported":
        attributes["unsupported_type"] = message.type[:80]
    if message.errors:
        attributes["external_error"] = message.errors[0].sentence()
    return Content(UNSUPPORTED, attributes=attributes)
