"""The shapes of WhatsApp Cloud's hooks, as far as we read them; inner parts stay raw until used."""

from typing import Any

import msgspec
from msgspec import Raw, Struct

OBJECT = "whatsapp_business_account"


class Hook(Struct):
    """The whole request: one or more business accounts' news."""

    object: str
    entry: list[Raw]


class Entry(Struct):
    """One business account's news."""

    changes: list[Raw]


class Change(Struct):
    """One piece of news; `messages` is the field that carries customers' words and receipts."""

    field: str
    value: Raw


class Metadata(Struct):
    """Whose phone number the news is about."""

    phone_number_id: str
    display_phone_number: str | None = None


class Profile(Struct):
    """What a customer calls themselves."""

    name: str | None = None
    username: str | None = None


class Contact(Struct):
    """A customer named beside the messages."""

    wa_id: str | None = None
    user_id: str | None = None
    profile: Profile | None = None


class Problem(Struct):
    """What went wrong, in the provider's words."""

    code: int | str
    title: str | None = None
    message: str | None = None

    def sentence(self) -> str:
        """`code: title`, the form in which failures are kept."""
        return f"{self.code}: {self.title or self.message or 'no title'}"


class Value(Struct):
    """What the `messages` field holds."""

    metadata: Metadata
    contacts: list[Raw] = []
    messages: list[Raw] = []
    statuses: list[Raw] = []
    errors: list[Raw] = []


class Context(Struct):
    """What a message refers to."""

    id: str | None = None


class Text(Struct):
    body: str


class Button(Struct):
    text: str


class Title(Struct):
    title: str
    description: str | None = None


class FlowReply(Struct):
    body: str | None = None
    name: str | None = None
    response_json: str | None = None


class Interactive(Struct):
    """A tap on something the business offered."""

    type: str
    button_reply: Title | None = None
    list_reply: Title | None = None
    nfm_reply: FlowReply | None = None


class Media(Struct):
    """A file, by the id under which it can be fetched."""

    id: str
    mime_type: str | None = None
    caption: str | None = None
    filename: str | None = None


class Location(Struct):
    latitude: float
    longitude: float
    name: str | None = None
    address: str | None = None
    url: str | None = None


class CardName(Struct):
    formatted_name: str


class CardPhone(Struct):
    phone: str | None = None
    wa_id: str | None = None


class Card(Struct):
    """A shared contact."""

    name: CardName
    phones: list[CardPhone] = []


class OrderItem(Struct):
    product_retailer_id: str
    quantity: int | float | str = 1
    item_price: int | float | str | None = None
    currency: str | None = None


class Order(Struct):
    """A cart sent from the catalogue."""

    product_items: list[OrderItem]
    text: str | None = None


class Message(Struct):
    """One message of a customer; exactly the part named by `type` is there."""

    id: str
    type: str
    from_: str | None = msgspec.field(name="from", default=None)
    from_user_id: str | None = None
    """The business-scoped user id: all there is of a customer who hides the phone number."""
    timestamp: str | int | None = None
    context: Context | None = None
    text: Text | None = None
    button: Button | None = None
    interactive: Interactive | None = None
    image: Media | None = None
    audio: Media | None = None
    voice: Media | None = None
    video: Media | None = None
    document: Media | None = None
    sticker: Media | None = None
    location: Location | None = None
    contacts: list[Card] | None = None
    order: Order | None = None
    referral: dict[str, Any] | None = None
    errors: list[Problem] = []


class Status(Struct):
    """What became of a message we sent."""

    id: str
    status: str
    timestamp: str | int | None = None
    biz_opaque_callback_data: str | None = None
    errors: list[Problem] = []
