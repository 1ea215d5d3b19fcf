"""The script of one conversation: everything that will happen in it, with its times."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from desk.local.demo.beats import Beat, Resolved
from desk.local.demo.company import Company
from desk.local.demo.customers import Customer
from desk.local.demo.doors import Door, door_of
from desk.local.demo.endings import tell_ending
from desk.local.demo.meeting import with_bot
from desk.local.demo.phrase_book.library import COURTESIES, coded_slots, shelf
from desk.local.demo.phrase_book.slots import Facts, Setting, budget_of
from desk.local.demo.phrase_book.story import Outcome, Story
from desk.local.demo.phrase_book.thread import Thread
from desk.local.demo.phrase_book.voice import draw_mood
from desk.local.demo.receipts import with_receipts
from desk.local.demo.seeding import dice
from desk.local.demo.telling import Telling
from desk.words.channels import ChannelKind

LONGEST = timedelta(days=7, hours=20)
"""No conversation goes on longer, so that its customer is free again in time."""


class Script(Struct, frozen=True):
    """A whole conversation as it will have been."""

    company: str
    seed: str
    customer: Customer
    door: Door
    story: str
    language: str
    mood: str
    outcome: Outcome
    beats: tuple[Beat, ...]

    @property
    def begins_at(self) -> datetime:
        return self.beats[0].at

    @property
    def ends_at(self) -> datetime:
        return self.beats[-1].at

    def until(self, moment: datetime) -> tuple[Beat, ...]:
        """What has happened by then."""
        return tuple(beat for beat in self.beats if beat.at <= moment)

    def after(self, moment: datetime) -> tuple[Beat, ...]:
        """What is still to come."""
        return tuple(beat for beat in self.beats if beat.at > moment)


def write_script(
    company: Company,
    story_seed: str,
    start: datetime,
    *,
    customer: Customer,
    story: Story | None = None,
) -> Script:
    """A conversation of this customer that begins at `start` (UTC): a function of its arguments."""
    chance = dice("script", company.key, story_seed)
    told = story or choose_story(company, customer, story_seed)
    mood = draw_mood(customer, told.heat, chance)
    telling = Telling(
        company=company,
        customer=customer,
        story=told,
        mood=mood,
        courtesies=COURTESIES[told.language],
        facts=facts_of(company, customer, told, story_seed, start),
        thread=Thread(told, coded_slots(company)),
        seed=story_seed,
        chance=chance,
        now=start,
    )
    telling.open()
    outcome = telling.tell(told.steps)
    if outcome is not None:
        tell_ending(telling, outcome)
    door = door_of(company, customer, story_seed, told.language)
    beats = sorted(telling.beats, key=lambda beat: beat.at)
    if door.met_by_bot:
        beats = with_bot(beats, company, dice("bot", company.key, story_seed))
    if door.tells_receipts:
        beats = with_receipts(
            beats,
            dice("receipts", company.key, story_seed),
            may_fail=door.kind is ChannelKind.WHATSAPP,
        )
    return Script(
        company=company.key,
        seed=story_seed,
        customer=customer,
        door=door,
        story=told.name,
        language=told.language,
        mood=mood,
        outcome=outcome or Outcome.NOTHING,
        beats=_within(beats, start + LONGEST),
    )


def choose_story(
    company: Company, customer: Customer, story_seed: str, favoured: str | None = None
) -> Story:
    """What brings this customer here; `favoured` is what many suffer from that day."""
    chance = dice("story", company.key, story_seed)
    books = shelf(company)
    stories = books.in_language(customer.language) or books.in_language("en")
    weights = [story.weight * (7 if story.name == favoured else 1) for story in stories]
    return chance.choices(stories, weights)[0]


def facts_of(
    company: Company, customer: Customer, story: Story, seed: str, start: datetime
) -> Facts:
    """What will turn out to be so in a conversation that begins then."""
    local_start = start.astimezone(ZoneInfo(company.time_zone))
    setting = Setting(company, customer, story.language, local_start, budget_of(seed))
    return Facts(setting, seed, shelf(company).slots)


def _within(beats: list[Beat], limit: datetime) -> tuple[Beat, ...]:
    if beats[-1].at <= limit:
        return tuple(beats)
    kept = [beat for beat in beats if beat.at < limit]
    by = next((beat.by for beat in reversed(beats) if isinstance(beat, Resolved)), None)
    if by is not None and not isinstance(kept[-1], Resolved):
        kept.append(Resolved(limit, by))
    return tuple(kept)
