"""Agents who react: what one replies to a conversation it has only read."""

from collections.abc import Sequence
from datetime import datetime
from random import Random

from msgspec import Struct

from desk.local.demo.company import Company, DemoAgent
from desk.local.demo.customers import stranger
from desk.local.demo.phrase_book.following import Following
from desk.local.demo.phrase_book.library import COURTESIES, coded_slots, shelf
from desk.local.demo.phrase_book.manner import Occasion, agent_message
from desk.local.demo.phrase_book.reader import lines
from desk.local.demo.phrase_book.recognise import recognise
from desk.local.demo.phrase_book.slots import Facts
from desk.local.demo.phrase_book.story import Answers, Says, Speech, Story, slots_of
from desk.local.demo.phrase_book.thread import Thread
from desk.local.demo.script import facts_of
from desk.local.demo.seeding import dice
from desk.words.conversation import Priority

_NOT_UNDERSTOOD = "a_person"
_TELL_ME_MORE = """
    Could you tell me a little more? What happened, and when?
    I'd like to help. Which order, account or booking is it about?
    Let me see. Could you give me a reference, or the date?
"""


class Said(Struct, frozen=True):
    """A public message of a conversation so far."""

    text: str
    from_agent: bool


class AgentMove(Struct, frozen=True):
    """What an agent does next: the reply first, then the rest."""

    text: str
    labels: tuple[str, ...] = ()
    team: str | None = None
    priority: Priority | None = None
    resolves: bool = False


def agent_answer(
    company: Company,
    agent: DemoAgent,
    so_far: Sequence[Said],
    *,
    seed: str,
    customer_name: str,
    customer_phone: str,
    now: datetime,
) -> AgentMove | None:
    """What a simulated agent replies; None while it is the customer's turn or all is said.

    Facts the agent makes up stay the same as long as the seed does: use the conversation's id.
    """
    opened = _first_words(so_far)
    story = recognise(company, " ".join(one.text for one in opened))
    told = story or shelf(company).story(_NOT_UNDERSTOOD)
    chance = dice("agent answer", seed, len(so_far))
    customer = stranger(company, customer_name, customer_phone)
    speaker = _Speaker(
        agent,
        told,
        Thread(told, coded_slots(company)),
        facts_of(company, customer, told, seed, now),
        chance,
    )
    is_first = not any(one.from_agent for one in so_far)
    if story is None:
        return AgentMove(speaker.says(lines(_TELL_ME_MORE), Occasion(first=is_first)))
    following = Following(story, speaker.thread)
    following.opened_with(" ".join(one.text for one in opened))
    theirs = slots_of(story) & shelf(company).slots.keys()
    for one in so_far:
        if not one.from_agent:
            speaker.facts.learn(one.text, theirs)
    for one in so_far[len(opened) :]:
        following.heard(one.text, from_agent=one.from_agent)
    step = following.take(Answers, chance)
    labels = story.labels if is_first else ()
    if step is not None:
        passed = following.passed
        return AgentMove(
            speaker.says(step.speech, Occasion(first=is_first)),
            labels=labels + tuple(turn.label for turn in passed if turn.label),
            team=next(
                (turn.team for turn in passed if turn.team), story.team if is_first else None
            ),
            priority=next((turn.priority for turn in passed if turn.priority is not None), None),
        )
    if following.waits_for() is Says or not so_far or so_far[-1].from_agent:
        return None
    goodbye = speaker.says(COURTESIES[story.language].welcomes, Occasion(plain=True))
    return AgentMove(goodbye, labels, resolves=True)


class _Speaker(Struct):
    """An agent with what there is to know about the conversation."""

    agent: DemoAgent
    story: Story
    thread: Thread
    facts: Facts
    chance: Random

    def says(self, speech: Speech, occasion: Occasion) -> str:
        language = self.story.language
        return agent_message(
            speech,
            self.agent,
            occasion,
            COURTESIES[language],
            language,
            self.thread,
            self._fact,
            self.chance,
        )

    def _fact(self, name: str) -> str:
        return self.agent.first_name if name in ("agent", "colleague") else self.facts(name)


def _first_words(so_far: Sequence[Said]) -> Sequence[Said]:
    """The customer's messages before anybody answered."""
    answered = next((at for at, one in enumerate(so_far) if one.from_agent), len(so_far))
    return so_far[:answered]
