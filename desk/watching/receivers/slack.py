"""Slack: one message an alarm through an incoming webhook, and not the same one again and again."""

import httpx

from desk.watching.alarms import ALARMS
from desk.watching.courier import Deliver
from desk.watching.incident import Incident
from desk.watching.throttle import Throttle

EVERY_SECONDS = 900.0
AN_HOUR = 30
TIMEOUT = httpx.Timeout(5.0)


def open_slack(url: str, environment: str) -> Deliver[Incident]:
    """Posts what passes the throttle; the URL is a secret and appears nowhere."""
    throttle = Throttle(EVERY_SECONDS, an_hour=AN_HOUR)
    client = httpx.Client(timeout=TIMEOUT, follow_redirects=False)

    def deliver(incidents: list[Incident]) -> None:
        for incident in incidents:
            before = throttle.passes(f"{incident.what}|{incident.facts.get('account')}")
            if before is not None:
                answer = client.post(url, json={"text": text_of(incident, environment, before)})
                if answer.status_code >= 300:
                    raise ConnectionError(f"Slack answers {answer.status_code}")

    return deliver


def text_of(incident: Incident, environment: str, kept_back: int) -> str:
    """What stands in the channel: the alarm's sentence, where, whose, and the kind of error."""
    lines = [f":rotating_light: *{ALARMS[incident.what].sentence}*"]
    facts = " · ".join(
        f"{name.replace('_', ' ')} {value}"
        for name, value in incident.facts.items()
        if name != "process"
    )
    lines.append(f"`{incident.what}` in {incident.process}, {environment}")
    if facts:
        lines.append(facts)
    if incident.raised:
        first = incident.raised[0]
        own = [place for place in first.places if place.ours]
        where = f" at {own[-1].module}:{own[-1].line}" if own else ""
        lines.append(f"{first.type}{where}")
    if kept_back:
        lines.append(f"and {kept_back} more like it since the last message")
    return "\n".join(lines)
