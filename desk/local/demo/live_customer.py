"""Customers who react: each writes next what fits what an agent has really said."""

from collections.abc import Iterator
from datetime import date, datetime

from desk.local.demo.company import Company
from desk.local.demo.customers import Customer, group_for_live, someone
from desk.local.demo.phrase_book.following import Following
from desk.local.demo.phrase_book.library import COURTESIES, coded_slots, shelf
from desk.local.demo.phrase_book.story import Outcome, Says, Speech, slots_of
from desk.local.demo.phrase_book.template import slots_in
from desk.local.demo.phrase_book.thread import Thread
from desk.local.demo.phrase_book.voice import customer_messages, draw_mood, opening
from desk.local.demo.script import choose_story, facts_of
from desk.local.demo.seeding import dice


class LiveCustomer:
    """A customer in the middle of something."""

    def __init__(self, company: Company, customer: Customer, seed: str, now: datetime) -> None:
        self.company = company
        self.customer = customer
        self.story = choose_story(company, customer, seed)
        self.done = False
        """Whether they have said all they will say."""
        self._chance = dice("live", company.key, seed)
        self._mood = draw_mood(customer, self.story.heat, self._chance)
        self._courtesies = COURTESIES[self.story.language]
        self._thread = Thread(self.story, coded_slots(company))
        self._facts = facts_of(company, customer, self.story, seed, now)
        self._following = Following(self.story, self._thread)
        self._slots = shelf(company).slots.keys()
        self._named: set[str] = set()
        self._agent_name = company.name

    def opens(self) -> tuple[str, ...]:
        """The first message or messages."""
        core = self._thread.pick(self.story.opens, self._mood, self._chance)
        if not self.story.bare:
            language = self.story.language
            core = opening(core, self._mood, self._courtesies, language, self._thread, self._chance)
        return self._typed(core)

    def hears(self, text: str, agent_name: str) -> tuple[str, ...]:
        """What they write back; nothing while they wait for more, or have taken their leave."""
        if self.done:
            return ()
        self._agent_name = agent_name
        news = (slots_of(self.story, agents=True) - self._named) & self._slots
        self._facts.learn(text, news)
        self._following.heard(text, from_agent=True)
        step = self._following.take(Says, self._chance)
        if step is not None:
            self.done = self._following.waits_for() is None
            return self._says(step.speech)
        if self._following.ahead:
            return ()
        self.done = True
        refused = self._following.outcome is Outcome.REFUSED
        return self._says(self._courtesies.grudging if refused else self._courtesies.thanks)

    def grows_impatient(self) -> tuple[str, ...]:
        """What they write when nobody answers."""
        return self._says(self._courtesies.nudges)

    def _says(self, speech: Speech) -> tuple[str, ...]:
        return self._typed(self._thread.pick(speech, self._mood, self._chance))

    def _typed(self, core: str) -> tuple[str, ...]:
        self._named |= slots_in(core)
        return customer_messages(
            core, self.customer, self._mood, self.story.language, self._fact, self._chance
        )

    def _fact(self, name: str) -> str:
        return self._agent_name if name == "agent" else self._facts(name)


def live_customers(company: Company, seed: str, day: date, now: datetime) -> Iterator[LiveCustomer]:
    """Customers with something on their minds on this local day, without end.

    The same customer may come again; whoever is still in a conversation is to be passed over.
    """
    chance = dice("live customers", company.key, seed)
    group = group_for_live(day.toordinal())
    nth = 0
    while True:
        nth += 1
        customer = someone(company, group, chance)
        yield LiveCustomer(company, customer, f"{company.key}-{seed}-{nth}", now)
