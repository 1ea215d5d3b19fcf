"""Tells a story: walks its steps and gives each beat its time, its speaker and its words."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from desk.local.demo.beats import (
    AgentWrites,
    Assigned,
    Beat,
    CustomerWrites,
    Labelled,
    NoteWritten,
    PrioritySet,
    Resolved,
    Snoozed,
    TeamSet,
)
from desk.local.demo.company import Company, DemoAgent
from desk.local.demo.customers import Customer
from desk.local.demo.duty import (
    after_work,
    at_a_decent_hour,
    first_responder,
    next_on_duty,
    soonest_colleague,
)
from desk.local.demo.phrase_book.courtesies import Courtesies
from desk.local.demo.phrase_book.manner import Occasion, agent_message
from desk.local.demo.phrase_book.slots import Facts
from desk.local.demo.phrase_book.story import (
    Answers,
    Ends,
    Fork,
    Notes,
    Outcome,
    Rests,
    Says,
    Speech,
    Step,
    Story,
    Turns,
)
from desk.local.demo.phrase_book.template import fill
from desk.local.demo.phrase_book.thread import Thread
from desk.local.demo.phrase_book.voice import customer_messages, opening
from desk.local.demo.seeding import long_tailed
from desk.words.conversation import Priority

_SPEAKS_OF_FILE = re.compile(
    r"attach|photo|picture|here it is|here they|here you|here is|screenshot|receipt|slip|anbei|"
    r"foto|bild|captura|lagt ved|附件|照片|收据|写真|送ります|look at this|see ",
    re.IGNORECASE,
)
_FORGOTTEN = 0.035
_NEVER_ANSWERED = 0.02
_FALLS_SILENT = 0.035


class Telling:
    """One conversation while it is being made up."""

    def __init__(
        self,
        *,
        company: Company,
        customer: Customer,
        story: Story,
        mood: str,
        courtesies: Courtesies,
        facts: Facts,
        thread: Thread,
        seed: str,
        chance: Random,
        now: datetime,
    ) -> None:
        self.company = company
        self.customer = customer
        self.story = story
        self.mood = mood
        self.courtesies = courtesies
        self.facts = facts
        self.thread = thread
        self.seed = seed
        self.chance = chance
        self.now = now
        self.team = story.team
        self.agent: DemoAgent | None = None
        self.replies = 0
        self.customer_spoke_last = True
        self.longest_wait = timedelta()
        self.thanked = False
        self.beats: list[Beat] = []
        self._written = 0

    # what the customer does

    def open(self) -> None:
        """The customer's first message or messages."""
        core = self.thread.pick(self.story.opens, self.mood, self.chance)
        if not self.story.bare:
            core = opening(
                core,
                self.mood,
                self.courtesies,
                self.story.language,
                self.thread,
                self.chance,
            )
        self._customer(core, self.story.attachment)

    def customer_says(self, speech: Speech, attachment: str | None = None) -> None:
        """The customer writes, in their own time."""
        self.now = self._when_customer_answers()
        self._customer(self.thread.pick(speech, self.mood, self.chance), attachment)

    def _customer(self, core: str, attachment: str | None) -> None:
        texts = customer_messages(
            core, self.customer, self.mood, self.story.language, self.fact, self.chance
        )
        for place, text in enumerate(texts):
            if place:
                self.now += timedelta(seconds=long_tailed(self.chance, 9, 0.6))
            last = place == len(texts) - 1
            file = attachment if last and self._sends_file(core) else None
            self.beats.append(CustomerWrites(self.now, self._id(), text, file))
        self.customer_spoke_last = True

    def _sends_file(self, said: str) -> bool:
        return _SPEAKS_OF_FILE.search(said) is not None or self.chance.random() < 0.12

    def _when_customer_answers(self) -> datetime:
        chance, haste = self.chance, self.customer.haste
        if self.mood == "hurried":
            haste *= 0.5
        seconds = 12 + long_tailed(chance, 75 * haste, 1.0)
        if chance.random() < 0.14:
            seconds += chance.uniform(1500, 16000)
        return at_a_decent_hour(self.company, self.now + timedelta(seconds=seconds), chance)

    # what agents do

    def agent_says(self, speech: Speech, work: float = 1.0, *, plain: bool = False) -> None:
        """An agent answers when they get to it; the first answer also takes the conversation."""
        asked_at = self.now
        colleague: str | None = None
        if self.agent is None:
            agent = self._take()
        elif plain:
            agent = self.agent
            self.now += timedelta(seconds=10 + long_tailed(self.chance, 60 * agent.speed))
        else:
            agent, colleague = self._hold_or_hand_over(self.agent, work)
        waited = self.now - asked_at
        self.longest_wait = max(self.longest_wait, waited)
        self._nudges(asked_at)
        occasion = Occasion(
            first=self.replies == 0,
            prompt=self.customer_spoke_last and waited < timedelta(minutes=40),
            plain=plain,
            waited_long=waited > timedelta(hours=2, minutes=30) and self.customer_spoke_last,
            colleague=colleague,
        )
        text = agent_message(
            speech,
            agent,
            occasion,
            self.courtesies,
            self.story.language,
            self.thread,
            self.fact,
            self.chance,
        )
        self.beats.append(AgentWrites(self.now, self._id(), agent.key, text))
        self.replies += 1
        self.customer_spoke_last = False

    def _take(self) -> DemoAgent:
        """Somebody picks the conversation up, sorts it, and is about to reply."""
        chance, story = self.chance, self.story
        agent = first_responder(self.company, self.team, story.language, self.now, chance)
        ready = next_on_duty(self.company, agent, self.now)
        queue = chance.uniform(60, 4200) if ready > self.now else 0.0
        wait = long_tailed(chance, 330 * agent.speed, 0.85) + queue
        if chance.random() < _FORGOTTEN:
            wait += chance.uniform(3, 14) * 3600
        if story.priority in (Priority.HIGH, Priority.URGENT):
            wait *= 0.6
        self.now = after_work(self.company, agent, self.now, wait)
        self.agent = agent
        self._sort(agent)
        return agent

    def _sort(self, agent: DemoAgent) -> None:
        last = self.beats[-1].at
        taken = max(last, self.now - timedelta(seconds=self.chance.uniform(15, 150)))
        if self.team and self.chance.random() < 0.9:
            self.beats.append(TeamSet(taken, agent.key, self.team))
        self.beats.append(Assigned(taken, agent.key, agent.key))
        if self.story.priority and self.chance.random() < 0.85:
            self.beats.append(PrioritySet(taken, agent.key, self.story.priority))
        if self.story.labels and self.chance.random() < 0.8:
            self.beats.append(Labelled(taken, agent.key, self.story.labels))

    def _hold_or_hand_over(self, agent: DemoAgent, work: float) -> tuple[DemoAgent, str | None]:
        """The agent answers, or a colleague does when that would take many hours less."""
        seconds = 18 + long_tailed(self.chance, 130 * agent.speed * work, 0.8)
        at = after_work(self.company, agent, self.now, seconds)
        if at - self.now > timedelta(hours=3) and self.chance.random() < 0.75:
            other, begins = soonest_colleague(
                self.company, self.team, self.story.language, agent, self.now
            )
            begins += timedelta(seconds=150 + long_tailed(self.chance, 700 * other.speed))
            if other is not agent and begins < at - timedelta(hours=2):
                self.now = begins
                taken = begins - timedelta(seconds=40)
                self.beats.append(Assigned(taken, other.key, other.key))
                self.agent = other
                return other, agent.first_name
        self.now = at
        return agent, None

    def _nudges(self, asked_at: datetime) -> None:
        """A customer kept waiting may ask again before the answer comes."""
        waited = self.now - asked_at
        if not self.customer_spoke_last or waited < timedelta(hours=2):
            return
        if self.chance.random() < (0.45 if self.mood == "annoyed" else 0.2):
            at = at_a_decent_hour(
                self.company, asked_at + waited * self.chance.uniform(0.3, 0.8), self.chance
            )
            reply_at, self.now = self.now, at
            if at < reply_at - timedelta(minutes=3):
                later = [beat for beat in self.beats if beat.at > at]
                self.beats = [beat for beat in self.beats if beat.at <= at]
                self._customer(
                    self.thread.pick(self.courtesies.nudges, self.mood, self.chance), None
                )
                self.beats += later
            self.now = reply_at

    def note(self, step: Notes) -> None:
        """The agent on the case writes to colleagues; one may answer."""
        if self.agent is None:
            self.agent = self._take()
        seconds = long_tailed(self.chance, 90 * self.agent.speed)
        self.now = after_work(self.company, self.agent, self.now, seconds)
        others = [
            agent
            for agent in self.company.agents
            if agent is not self.agent
            and (self.team in agent.teams or self.team is None)
            and next_on_duty(self.company, agent, self.now) - self.now < timedelta(hours=2)
        ]
        reply = step.reply
        fitting = reply is not None and self.thread.has_words_for(reply, "")
        answered = fitting and bool(others) and self.chance.random() < 0.65
        colleague = self.chance.choice(others) if answered else None
        self._note(self.agent, step.speech, colleague)
        if colleague is not None and step.reply is not None:
            seconds = long_tailed(self.chance, 420 * colleague.speed)
            self.now = after_work(self.company, colleague, self.now, seconds)
            self._note(colleague, step.reply, None)

    def _note(self, agent: DemoAgent, speech: Speech, mentions: DemoAgent | None) -> None:
        text = fill(self.thread.pick(speech, agent.manner, self.chance), self.fact)
        if mentions is not None:
            text = f"@{mentions.first_name} {text}"
        key = mentions.key if mentions is not None else None
        self.beats.append(NoteWritten(self.now, self._id(), agent.key, text, key))

    def resolve(self, median_seconds: float = 240) -> None:
        """The agent closes it, sooner or later."""
        agent = self.agent or first_responder(
            self.company, self.team, self.story.language, self.now, self.chance
        )
        seconds = long_tailed(self.chance, median_seconds * agent.speed, 1.0)
        self.now = after_work(self.company, agent, self.now, seconds)
        self.beats.append(Resolved(self.now, agent.key))

    # the walk

    def tell(self, steps: tuple[Step, ...]) -> Outcome | None:
        """Walks the steps to an end; no outcome means it was never answered or trailed off."""
        if self.chance.random() < _NEVER_ANSWERED:
            self._never_answered()
            return None
        outcome = Outcome.SOLVED
        for step in self._way(steps):
            if isinstance(step, Ends):
                outcome = step.outcome
                break
            if isinstance(step, Says) and self.replies and self.chance.random() < _FALLS_SILENT:
                return self._fell_silent()
            self._step(step)
        return outcome

    def _way(self, steps: tuple[Step, ...]) -> Iterator[Step]:
        for step in steps:
            if isinstance(step, Fork):
                fitting = [way for way in step.ways if self.thread.fits(way.needs)]
                ways = fitting or step.ways
                chosen = self.chance.choices(ways, [way.weight for way in ways])[0]
                yield from self._way(chosen.steps)
            else:
                yield step

    def _step(self, step: Step) -> None:
        if not isinstance(step, Rests | Ends | Fork) and self.chance.random() >= step.chance:
            return
        if isinstance(step, Says | Answers | Notes) and not self._has_words_for(step):
            return
        match step:
            case Says():
                self.now += timedelta(hours=step.after_hours * self.chance.uniform(1, 1.8))
                self.customer_says(step.speech, step.attachment)
            case Answers():
                self.agent_says(step.speech, step.work)
            case Notes():
                self.note(step)
            case Turns():
                self._turn(step)
            case Rests():
                self._rest(step)

    def _has_words_for(self, step: Says | Answers | Notes) -> bool:
        manner = self.agent.manner if self.agent else ""
        tag = self.mood if isinstance(step, Says) else manner
        return self.thread.has_words_for(step.speech, tag)

    def _turn(self, step: Turns) -> None:
        if step.team:
            self.team = step.team
        if self.agent is None:
            return
        by = self.agent.key
        if step.team:
            self.beats.append(TeamSet(self.now, by, step.team))
        if step.label:
            self.beats.append(Labelled(self.now, by, (step.label,)))
        if step.priority is not None:
            self.beats.append(PrioritySet(self.now, by, step.priority))

    def _rest(self, step: Rests) -> None:
        hours = self.chance.uniform(step.at_least, step.at_most)
        until = at_a_decent_hour(self.company, self.now + timedelta(hours=hours), self.chance)
        if self.agent is not None and self.chance.random() < step.snoozed:
            at = self.now + timedelta(seconds=self.chance.uniform(5, 90))
            self.beats.append(Snoozed(at, self.agent.key, until))
        self.now = until

    def _never_answered(self) -> None:
        """Left lying; mostly somebody clears it away days later."""
        if self.chance.random() < 0.7:
            self.now += timedelta(hours=self.chance.uniform(20, 90))
            self.resolve()

    def _fell_silent(self) -> Outcome:
        """The customer does not come back, and the agent closes it."""
        self.now += timedelta(hours=self.chance.uniform(16, 60))
        self.resolve()
        return Outcome.NOTHING

    # words

    def fact(self, name: str) -> str:
        """A fact for the slot; the agent's name is that of whoever is on the case."""
        if name == "agent":
            return self.agent.first_name if self.agent else self.company.name
        if name == "colleague":
            return self._colleague_before()
        return self.facts(name)

    def _colleague_before(self) -> str:
        current = self.agent.key if self.agent else ""
        before = (beat.agent for beat in reversed(self.beats) if isinstance(beat, AgentWrites))
        key = next((key for key in before if key != current), None)
        return self.company.agent(key).first_name if key else self.company.name

    def _id(self) -> str:
        self._written += 1
        return f"{self.seed}-{self._written}"
