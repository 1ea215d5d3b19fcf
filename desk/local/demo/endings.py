"""How conversations end: last words, closing, coming back, rating."""

from datetime import timedelta

from desk.local.demo.beats import AgentWrites, Labelled, Rated, Resolved, Snoozed
from desk.local.demo.duty import at_a_decent_hour, at_work
from desk.local.demo.phrase_book.story import Outcome
from desk.local.demo.phrase_book.template import fill
from desk.local.demo.telling import Telling

_LAST_WORD = {Outcome.SOLVED: 0.6, Outcome.PROMISED: 0.4, Outcome.REFUSED: 0.4}
_COMES_BACK = {Outcome.SOLVED: 0.07, Outcome.PROMISED: 0.17, Outcome.REFUSED: 0.12}
_RATES = {Outcome.SOLVED: 0.4, Outcome.PROMISED: 0.22, Outcome.REFUSED: 0.34}
_RATINGS = {
    Outcome.SOLVED: (2, 2, 7, 28, 61),
    Outcome.PROMISED: (6, 9, 22, 36, 27),
    Outcome.REFUSED: (34, 25, 20, 14, 7),
}


def tell_ending(telling: Telling, outcome: Outcome) -> None:
    """From the last step of a story to the last beat of a conversation."""
    chance = telling.chance
    if isinstance(telling.beats[-1], Resolved):
        return
    if outcome is Outcome.NOTHING:
        telling.resolve(600)
        return
    _last_words(telling, outcome)
    _late_label(telling)
    if outcome is Outcome.PROMISED and telling.agent is not None and chance.random() < 0.4:
        until = at_a_decent_hour(
            telling.company, telling.now + timedelta(hours=chance.uniform(18, 50)), chance
        )
        telling.beats.append(Snoozed(telling.now, telling.agent.key, until))
        telling.now = until
    telling.resolve(15000 if chance.random() < 0.12 else 240)
    if chance.random() < _COMES_BACK[outcome]:
        _come_back(telling)
        telling.resolve()
    _rate(telling, outcome)


def _last_words(telling: Telling, outcome: Outcome) -> None:
    chance, courtesies = telling.chance, telling.courtesies
    _offer_more(telling)
    ready = telling.replies > 0 and not telling.customer_spoke_last
    if ready and chance.random() < _LAST_WORD[outcome]:
        unhappy = outcome is Outcome.REFUSED
        telling.customer_says(courtesies.grudging if unhappy else courtesies.thanks)
        telling.thanked = not unhappy
    there = telling.agent is not None and at_work(telling.company, telling.agent, telling.now)
    kind = telling.customer_spoke_last and outcome is not Outcome.REFUSED
    if there and kind and chance.random() < 0.5:
        telling.agent_says(courtesies.welcomes, plain=True)


def _offer_more(telling: Telling) -> None:
    """The last answer may end with a question whether that was all."""
    last, agent = telling.beats[-1], telling.agent
    if agent is None or not isinstance(last, AgentWrites) or "?" in last.text:
        return
    if telling.chance.random() < 0.3:
        offer = telling.thread.pick(telling.courtesies.anything_else, agent.manner, telling.chance)
        joint = "" if telling.story.language in ("zh", "ja") else " "
        telling.beats[-1] = AgentWrites(last.at, last.id, last.agent, f"{last.text}{joint}{offer}")


def _late_label(telling: Telling) -> None:
    labels = telling.story.labels
    has = any(isinstance(beat, Labelled) for beat in telling.beats)
    if labels and not has and telling.agent is not None and telling.chance.random() < 0.6:
        telling.now += timedelta(seconds=telling.chance.uniform(4, 60))
        telling.beats.append(Labelled(telling.now, telling.agent.key, labels))


def _come_back(telling: Telling) -> None:
    chance, story = telling.chance, telling.story
    hours = chance.expovariate(1 / 20) + 0.3
    telling.now = at_a_decent_hour(
        telling.company, telling.now + timedelta(hours=min(hours, 90)), chance
    )
    own = chance.choice(story.returns) if story.returns and chance.random() < 0.75 else None
    courtesies = telling.courtesies
    telling.customer_says(own.says if own else courtesies.more)
    telling.agent_says(own.answers if own else courtesies.more_answers, 3)
    if chance.random() < 0.6:
        telling.customer_says(courtesies.thanks)


def _rate(telling: Telling, outcome: Outcome) -> None:
    chance = telling.chance
    agent = telling.agent
    if agent is None or chance.random() >= _RATES[outcome]:
        return
    weights = list(_RATINGS[outcome])
    if telling.longest_wait > timedelta(hours=6):
        weights = [weights[0] * 2, weights[1] * 2, weights[2] * 2, weights[3], weights[4] // 2]
    if telling.thanked:
        weights = [0, 1, *weights[2:]]
    if telling.mood == "annoyed":
        weights[4] = weights[4] // 2
    rating = chance.choices((1, 2, 3, 4, 5), weights)[0]
    if rating < 5 and chance.random() < (agent.quality - 0.6):
        rating += 1
    comment = None
    if chance.random() < (0.5 if rating in (1, 2) else 0.3):
        if telling.longest_wait < timedelta(minutes=25):
            telling.thread.topics.add("swift")
        text = telling.thread.pick(telling.courtesies.comments[rating], telling.mood, chance)
        comment = fill(text, telling.fact)
    telling.now += timedelta(seconds=40 + chance.expovariate(1 / 2400))
    telling.beats.append(Rated(telling.now, rating, comment))
