"""A bot meets the visitor: says what it is, and hands over."""

from datetime import timedelta
from random import Random

from desk.local.demo.beats import AgentWrites, Beat, BotWrites, CustomerWrites, HandedOver
from desk.local.demo.company import Company

_GREETINGS = (
    "Hello, I am {bot}, the assistant of {company}. Somebody from the team takes over in a moment.",
    "Hi there! {bot} here, I am a bot. I have passed your message on to my human colleagues.",
    "Welcome to {company}. I am {bot}, an automatic helper. A colleague reads this and answers you.",
)
_BETWEEN = (
    "While you wait: an order or booking number helps us to find you faster.",
    "You may close this page, the conversation stays here.",
    "If you tell us your e-mail address, the answer reaches you there as well.",
)


def with_bot(beats: list[Beat], company: Company, chance: Random) -> list[Beat]:
    """The beats, with the bot's between the customer's first words and the first agent's."""
    opening = beats[0]
    theirs = (beat.at for beat in beats if isinstance(beat, AgentWrites))
    limit = min(theirs, default=opening.at + timedelta(minutes=5)) - opening.at
    words = {"bot": company.bot, "company": company.name}
    spoken = [chance.choice(_GREETINGS).format(**words)]
    if chance.random() < 0.4:
        spoken.append(chance.choice(_BETWEEN))
    moments = [timedelta(seconds=chance.uniform(1, 2.5))]
    for _ in spoken:
        moments.append(moments[-1] + timedelta(seconds=chance.uniform(2, 14)))
    # Agents are seldom that quick; where one is, the bot is quicker.
    pace = min(1.0, limit * 0.9 / moments[-1])
    told: list[Beat] = [
        BotWrites(opening.at + after * pace, f"bot.{_id_of(opening)}.{nth}", text)
        for nth, (after, text) in enumerate(zip(moments, spoken, strict=False))
    ]
    told.append(HandedOver(opening.at + moments[-1] * pace))
    return sorted([*beats, *told], key=lambda beat: beat.at)


def _id_of(beat: Beat) -> str:
    return beat.id if isinstance(beat, CustomerWrites) else "first"
