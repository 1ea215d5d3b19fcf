"""Who works when: shifts turned into moments."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from desk.local.demo.company import Company, DemoAgent, Interval


def moment_at(day: date, at: Interval, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """A local interval of a day as two moments in UTC."""
    opens = datetime.combine(day, at.opens, tzinfo=zone).astimezone(UTC)
    closes = datetime.combine(day, at.closes, tzinfo=zone).astimezone(UTC)
    return opens, closes


def shifts_from(
    company: Company, agent: DemoAgent, moment: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The agent's shifts that end after the moment, without end."""
    zone = ZoneInfo(company.time_zone)
    day = moment.astimezone(zone).date()
    while True:
        if day.weekday() in agent.shift.weekdays:
            opens, closes = moment_at(day, agent.shift.interval, zone)
            if closes > moment:
                yield opens, closes
        day += timedelta(days=1)


def next_on_duty(company: Company, agent: DemoAgent, moment: datetime) -> datetime:
    """The moment itself when the agent is at work, otherwise when they come in."""
    opens, _ = next(shifts_from(company, agent, moment))
    return max(opens, moment)


def at_work(company: Company, agent: DemoAgent, moment: datetime) -> bool:
    return next_on_duty(company, agent, moment) == moment


def after_work(company: Company, agent: DemoAgent, moment: datetime, seconds: float) -> datetime:
    """When so much of the agent's working time has passed; a job may wait overnight."""
    left = timedelta(seconds=seconds)
    for opens, closes in shifts_from(company, agent, moment):
        begins = max(opens, moment)
        if begins + left <= closes:
            return begins + left
        left = min(left - (closes - begins), timedelta(hours=8))
    raise AssertionError("shifts never end")


def first_responder(
    company: Company, team: str | None, language: str, moment: datetime, chance: Random
) -> DemoAgent:
    """Whoever gets to it: soon on duty, in the team, speaking the language if anybody does."""
    everyone = company.agents
    speaking = tuple(agent for agent in everyone if language in agent.languages)
    in_team = tuple(agent for agent in speaking or everyone if team in agent.teams)
    candidates = in_team if in_team and language == "en" else in_team or speaking or everyone

    def effort(agent: DemoAgent) -> float:
        wait = (next_on_duty(company, agent, moment) - moment).total_seconds()
        burden = 2.2 if agent.administrator else 1.0
        return wait + chance.expovariate(1.0) * 2400 * agent.speed * burden

    return min(candidates, key=effort)


def soonest_colleague(
    company: Company, team: str | None, language: str, leaving: DemoAgent, moment: datetime
) -> tuple[DemoAgent, datetime]:
    """Who of the team could take over first, and when; it may be the one who is leaving."""
    fitting = [
        agent
        for agent in company.agents
        if language in agent.languages and (team is None or team in agent.teams)
    ] or [leaving]
    ready = {agent.key: next_on_duty(company, agent, moment) for agent in fitting}
    soonest = min(fitting, key=lambda agent: ready[agent.key])
    return soonest, ready[soonest.key]


def at_a_decent_hour(company: Company, moment: datetime, chance: Random) -> datetime:
    """The moment, or the next morning if most people would be asleep."""
    local = moment.astimezone(ZoneInfo(company.time_zone))
    if local.hour >= 7 or chance.random() < 0.2:
        return moment
    return moment + timedelta(hours=7 - local.hour, minutes=chance.randrange(150))
