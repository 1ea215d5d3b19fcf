"""Which company tells which stories, and what it needs to tell them."""

from functools import cache

from msgspec import Struct

from desk.local.demo.company import Company
from desk.local.demo.phrase_book.airline.bags import BAGS
from desk.local.demo.phrase_book.airline.care import CARE
from desk.local.demo.phrase_book.airline.changes import CHANGES
from desk.local.demo.phrase_book.airline.slots import AIRLINE_SLOTS
from desk.local.demo.phrase_book.airline.travel_day import TRAVEL_DAY
from desk.local.demo.phrase_book.bank.cards import CARDS
from desk.local.demo.phrase_book.bank.lending import LENDING
from desk.local.demo.phrase_book.bank.payments import PAYMENTS
from desk.local.demo.phrase_book.bank.slots import BANK_SLOTS
from desk.local.demo.phrase_book.common_slots import COMMON_SLOTS
from desk.local.demo.phrase_book.courtesies import Courtesies
from desk.local.demo.phrase_book.insurer.claims import CLAIMS
from desk.local.demo.phrase_book.insurer.policies import POLICIES
from desk.local.demo.phrase_book.insurer.slots import INSURER_SLOTS
from desk.local.demo.phrase_book.languages.arabic import ARABIC, ARABIC_TEXTS
from desk.local.demo.phrase_book.languages.chinese import CHINESE, CHINESE_TEXTS
from desk.local.demo.phrase_book.languages.english import ENGLISH
from desk.local.demo.phrase_book.languages.german import GERMAN, GERMAN_TEXTS
from desk.local.demo.phrase_book.languages.japanese import JAPANESE, JAPANESE_TEXTS
from desk.local.demo.phrase_book.languages.norwegian import NORWEGIAN, NORWEGIAN_TEXTS
from desk.local.demo.phrase_book.languages.spanish import SPANISH, SPANISH_TEXTS
from desk.local.demo.phrase_book.reader import read_stories
from desk.local.demo.phrase_book.shared.anywhere import ANYWHERE
from desk.local.demo.phrase_book.shop.orders import ORDERS
from desk.local.demo.phrase_book.shop.returns import RETURNS
from desk.local.demo.phrase_book.shop.slots import SHOP_SLOTS
from desk.local.demo.phrase_book.slots import Slot
from desk.local.demo.phrase_book.software.business import BUSINESS
from desk.local.demo.phrase_book.software.product import PRODUCT
from desk.local.demo.phrase_book.software.slots import SOFTWARE_SLOTS
from desk.local.demo.phrase_book.story import Story
from desk.local.demo.phrase_book.telecom.accounts import ACCOUNTS
from desk.local.demo.phrase_book.telecom.network import NETWORK
from desk.local.demo.phrase_book.telecom.slots import TELECOM_SLOTS

COURTESIES: dict[str, Courtesies] = {
    "en": ENGLISH,
    "nb": NORWEGIAN,
    "de": GERMAN,
    "es": SPANISH,
    "zh": CHINESE,
    "ar": ARABIC,
    "ja": JAPANESE,
}

_ENGLISH_TEXTS: dict[str, tuple[str, ...]] = {
    "airline": (BAGS, CHANGES, TRAVEL_DAY, CARE),
    "bank": (CARDS, PAYMENTS, LENDING),
    "insurer": (CLAIMS, POLICIES),
    "shop": (ORDERS, RETURNS),
    "telecom": (NETWORK, ACCOUNTS),
    "software": (PRODUCT, BUSINESS),
}

_OTHER_TEXTS: tuple[dict[str, str], ...] = (
    NORWEGIAN_TEXTS,
    GERMAN_TEXTS,
    SPANISH_TEXTS,
    CHINESE_TEXTS,
    ARABIC_TEXTS,
    JAPANESE_TEXTS,
)

_TRADE_SLOTS: dict[str, dict[str, Slot]] = {
    "airline": AIRLINE_SLOTS,
    "bank": BANK_SLOTS,
    "insurer": INSURER_SLOTS,
    "shop": SHOP_SLOTS,
    "telecom": TELECOM_SLOTS,
    "software": SOFTWARE_SLOTS,
}


class Shelf(Struct, frozen=True, eq=False):
    """All a company has to tell."""

    stories: tuple[Story, ...]
    slots: dict[str, Slot]

    def in_language(self, language: str) -> tuple[Story, ...]:
        return tuple(story for story in self.stories if story.language == language)

    def story(self, name: str) -> Story:
        return next(story for story in self.stories if story.name == name)


@cache
def shelf(company: Company) -> Shelf:
    """The company's stories in every language it is written to in."""
    texts = [*_ENGLISH_TEXTS[company.trade], ANYWHERE]
    texts += [text for language in _OTHER_TEXTS for text in (language.get(company.trade, ""),)]
    stories = tuple(story for text in texts for story in read_stories(text))
    return Shelf(stories, COMMON_SLOTS | _TRADE_SLOTS[company.trade])


@cache
def coded_slots(company: Company) -> frozenset[str]:
    """The names of the facts that are codes."""
    return frozenset(name for name, slot in shelf(company).slots.items() if slot.coded)
