"""The people who write to a company: who they are, how they type, how often they return."""

import unicodedata
from functools import cache
from random import Random

from msgspec import Struct

from desk.local.demo.company import Company
from desk.local.demo.name_pools import REGIONS, Region
from desk.local.demo.seeding import dice

_FOLDED = str.maketrans("æøłıß", "aolis")
GROUPS = 10
"""Customers are dealt into this many groups; a day belongs to one, so that nobody has two
conversations at once and days can be made in any order."""


class Typing(Struct, frozen=True):
    """A person's habits at the keyboard, each a probability or a rate."""

    lower_case: bool
    full_stops: bool
    shorthand: float
    slips: float
    emoji: float
    bursts: float
    fluent: bool


class Customer(Struct, frozen=True):
    """Somebody with a telephone and, now and then, a problem."""

    key: str
    index: int
    full_name: str
    first_name: str
    profile_name: str
    """The name their WhatsApp profile shows."""
    phone: str
    email: str
    region: str
    language: str
    """The language they write in."""
    temper: float
    """0 is patient, 1 is quick to anger."""
    haste: float
    """Stretches the time they take to answer."""
    typing: Typing

    @property
    def wa_id(self) -> str:
        return self.phone.removeprefix("+")


@cache
def population(company: Company) -> tuple[Customer, ...]:
    """All customers of a company; the earlier in the list, the more often they write."""
    seen: dict[str, int] = {}
    people = []
    for index in range(company.customers):
        chance = dice("customer", company.key, index)
        region = chance.choices(list(company.regions), list(company.regions.values()))[0]
        nth = seen[region] = seen.get(region, -1) + 1
        people.append(_person(company, index, region, nth, chance))
    return tuple(people)


def someone(company: Company, group: int, chance: Random) -> Customer:
    """A customer of the group, regulars far more often than others."""
    people = population(company)
    ranks = len(people) // GROUPS
    rank = int(ranks * chance.random() ** 2.2)
    return people[rank * GROUPS + group % GROUPS]


def stranger(company: Company, name: str, phone: str) -> Customer:
    """Somebody outside the population, of whom only name and number are known."""
    first = name.split()[0] if name.split() else name
    return Customer(
        key=f"{company.key}-stranger",
        index=-1,
        full_name=name,
        first_name=first,
        profile_name=name,
        phone=phone,
        email=f"{_ascii(first.lower()) or 'you'}@mail.example",
        region="",
        language="en",
        temper=0.3,
        haste=1.0,
        typing=Typing(
            lower_case=False,
            full_stops=True,
            shorthand=0.0,
            slips=0.0,
            emoji=0.0,
            bursts=0.0,
            fluent=True,
        ),
    )


def group_of_day(ordinal: int) -> int:
    """The group whose members may begin a conversation on this day."""
    return ordinal % GROUPS


def group_for_live(ordinal: int) -> int:
    """A group long silent: live traffic of the day takes its customers from it.

    It last wrote eight days ago, and not before two days have passed may it write again, so that
    a date that is off by one between time zones does no harm.
    """
    return (ordinal + 2) % GROUPS


def _person(company: Company, index: int, region_key: str, nth: int, chance: Random) -> Customer:
    region = REGIONS[region_key]
    native = region.language != "en" and chance.random() < company.foreign_share
    language = region.language if native else "en"
    if native and region.native_given and chance.random() < 0.85:
        first, family = chance.choice(region.native_given), chance.choice(region.native_family)
        joint = region.native_joint
        full = f"{family}{joint}{first}" if region.family_first else f"{first}{joint}{family}"
    else:
        first, family = chance.choice(region.given), chance.choice(region.family)
        full = f"{first} {family}"
    mailbox = _ascii(full.replace(" ", ".").lower())
    if len(mailbox) < 5:
        mailbox = _ascii(region.given[nth % len(region.given)].lower())
    return Customer(
        key=f"{company.key}-{index:04d}",
        index=index,
        full_name=full,
        first_name=first,
        profile_name=_profile(full, first, family, chance),
        phone=_phone(region, nth),
        email=f"{mailbox}{index % 97}@mail.example",
        region=region_key,
        language=language,
        temper=chance.betavariate(1.6, 3.2),
        haste=chance.lognormvariate(0.0, 0.5),
        typing=_typing(language, region, chance),
    )


def _profile(full: str, first: str, family: str, chance: Random) -> str:
    roll = chance.random()
    if roll < 0.66:
        return full
    if roll < 0.78:
        return first
    if roll < 0.86:
        return f"{first} {family[0]}." if full.isascii() else full
    if roll < 0.92:
        return full.lower()
    return f"{first} {chance.choice('🌸🌊🐝🎸⚽🌵☕🦊🌻✈')}"


def _phone(region: Region, nth: int) -> str:
    size = 10**region.digits
    spread = (nth * 3571 + 42) % (size * len(region.prefixes))
    return f"{region.prefixes[spread // size]}{spread % size:0{region.digits}d}"


def _ascii(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.translate(_FOLDED))
    return "".join(c for c in folded if c.isascii() and (c.isalnum() or c in ".-"))


def _typing(language: str, region: Region, chance: Random) -> Typing:
    careless = chance.random()
    return Typing(
        lower_case=language == "en" and careless > 0.72,
        full_stops=careless < 0.55,
        shorthand=max(0.0, careless - 0.6) * chance.random() * 2,
        slips=0.0 if careless < 0.3 else chance.betavariate(1, 30) * (1 + careless),
        emoji=chance.betavariate(1, 6),
        bursts=chance.betavariate(1.2, 3),
        fluent=region.language == "en" or language != "en" or chance.random() < 0.55,
    )
