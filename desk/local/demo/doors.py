"""Through which door a customer of the demo comes in, and how the company knows them there."""

from uuid import UUID

from msgspec import Struct

from desk.local.demo.company import Company
from desk.local.demo.customers import Customer
from desk.local.demo.seeding import dice
from desk.words.channels import ChannelKind

_SHARES = {
    ChannelKind.WHATSAPP: 54,
    ChannelKind.EMAIL: 19,
    ChannelKind.WEBSITE: 17,
    ChannelKind.API: 6,
    ChannelKind.CUSTOM: 4,
}

_MET_BY_BOT = 0.6
"""Of the chats on a website whose company has a bot."""


class Door(Struct, frozen=True):
    """One customer's way in."""

    kind: ChannelKind
    sender: str
    """The customer's address there."""
    met_by_bot: bool = False

    @property
    def tells_receipts(self) -> bool:
        """Whether the company learns what became of its messages."""
        return self.kind in (ChannelKind.WHATSAPP, ChannelKind.WEBSITE)


def door_of(company: Company, customer: Customer, seed: str, language: str) -> Door:
    """The way this conversation comes: a function of its arguments."""
    chance = dice("door", company.key, seed)
    kind = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
    match kind:
        case ChannelKind.EMAIL:
            return Door(kind, customer.email)
        case ChannelKind.WEBSITE:
            visitor = dice("visitor", company.key, customer.key)
            met = company.bot is not None and language == "en" and chance.random() < _MET_BY_BOT
            return Door(kind, str(UUID(int=visitor.getrandbits(128), version=4)), met)
        case ChannelKind.API:
            return Door(kind, f"app-{customer.key}")
        case ChannelKind.CUSTOM:
            return Door(kind, f"partner-{customer.key}")
        case _:
            return Door(kind, customer.wa_id)


def id_at(door: Door, written: str) -> str:
    """The id a message has there: mails have theirs in another form."""
    return f"{written}@mail.example" if door.kind is ChannelKind.EMAIL else written
