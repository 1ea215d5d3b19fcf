"""Facts a phrase leaves open: how each is invented, and how it is found again in a text."""

import re
from collections.abc import Callable, Mapping, Set
from datetime import datetime
from random import Random

from msgspec import Struct

from desk.local.demo.company import Company
from desk.local.demo.customers import Customer
from desk.local.demo.seeding import dice

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
_AMOUNT = re.compile(r"(?:S?\$|\bkr|\bSAR) ?\d[\d,.]*(?: \d{3})?", re.IGNORECASE)
_CODE_MARKS = {"#": r"\d", "@": "[A-Z]", " ": r"[\s-]?", "-": r"[\s-]?"}


class Setting(Struct, frozen=True, eq=False):
    """Who talks with whom about when; a fact may depend on it."""

    company: Company
    customer: Customer
    language: str
    local_start: datetime
    budget: float
    """The share of the company's largest amount that is at stake."""


class Slot(Struct, frozen=True):
    """One kind of fact."""

    make: Callable[[Random, Setting], str]
    find: re.Pattern[str] | None = None
    coded: bool = False
    """A code nobody can guess: only whoever brought it up may be answered with it."""


def among(text: str) -> Slot:
    """One of the values between the bars."""
    values = [" ".join(value.split()) for value in text.split("|") if value.strip()]
    longest_first = sorted(values, key=len, reverse=True)
    found = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
    return Slot(lambda chance, _: chance.choice(values), found)


def code(pattern: str) -> Slot:
    """A code of digits for `#` and capital letters for `@`."""

    def make(chance: Random, _: Setting) -> str:
        return "".join(_mark(mark, chance) for mark in pattern)

    found = "".join(_CODE_MARKS.get(mark, re.escape(mark)) for mark in pattern)
    return Slot(make, re.compile(rf"\b{found}\b", re.IGNORECASE), coded=True)


def number(low: int, high: int, step: int = 1) -> Slot:
    return Slot(lambda chance, _: str(chance.randrange(low, high + 1, step)))


def money(least: float = 1.0, most: float = 1.0) -> Slot:
    """An amount in the company's money: so much of what the conversation is about."""

    def make(chance: Random, setting: Setting) -> str:
        return _money(setting.budget * chance.uniform(least, most), chance, setting)

    return Slot(make, _AMOUNT)


def small_money() -> Slot:
    """A fee or an instalment in the company's money."""
    return Slot(
        lambda chance, setting: _money(chance.uniform(0.03, 0.07), chance, setting), _AMOUNT
    )


def budget_of(seed: str) -> float:
    """A share from a twelfth to the whole, small ones more often."""
    return float(0.08 * 12.5 ** dice("budget", seed).random())


class Facts:
    """The facts of one conversation: each is made up when first asked for, and then stays."""

    def __init__(
        self,
        setting: Setting,
        seed: str,
        slots: Mapping[str, Slot],
        known: Mapping[str, str] | None = None,
    ) -> None:
        self._setting = setting
        self._seed = seed
        self._slots = slots
        self._known = dict(known or {})

    def __call__(self, name: str) -> str:
        if name not in self._known:
            chance = dice("fact", self._seed, name)
            self._known[name] = self._slots[name].make(chance, self._setting)
        return self._known[name]

    def knows(self, name: str) -> bool:
        return name in self._known

    def learn(self, text: str, names: Set[str]) -> None:
        """Takes over what the text says about the facts of these names."""
        for name in sorted(names):
            pattern = self._slots[name].find
            found = pattern.search(text) if pattern else None
            if found:
                self._known[name] = found[0]


def _money(share: float, chance: Random, setting: Setting) -> str:
    company = setting.company
    amount = company.largest_amount * share
    if company.largest_amount > 2000:
        text = f"{round(amount, -1):,.0f}"
    elif chance.random() < 0.5:
        text = f"{amount:.0f}"
    else:
        text = f"{int(amount)}.{chance.choice(('90', '95', '50', '20', '75', '99'))}"
    return company.money.format(text.replace(",", " ") if company.money[:2] == "kr" else text)


def _mark(mark: str, chance: Random) -> str:
    if mark == "#":
        return str(chance.randrange(10))
    if mark == "@":
        return chance.choice(_LETTERS)
    return mark
