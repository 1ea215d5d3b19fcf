"""Where numbers are seen: every page of the reports, and the reports that Chatwoot's clients ask."""

from collections.abc import Iterator

import dagster as dg
from msgspec import Struct

from assets.lineage import desk_key, fact_key, mart_key, raw_key
from assets.policies import OWNERS
from warehouse.metrics.automation import (
    AUTOMATIC_MESSAGES,
    BOT_MESSAGES,
    MET_BY_BOT,
    RESOLVED_BY_RULE,
    RULE_CHANGES,
)
from warehouse.metrics.catalogue import METRICS
from warehouse.metrics.metric import Metric
from warehouse.metrics.resolution import (
    FIRST_RESOLUTION,
    FULL_RESOLUTION,
    ONE_TOUCH,
    REOPENED,
    RESOLVED,
)
from warehouse.metrics.responsiveness import BOT_HANDOFF, FIRST_RESPONSE, NEXT_REPLY, UNANSWERED
from warehouse.metrics.satisfaction import CSAT, SURVEYS
from warehouse.metrics.sla import SLA_MET, SLA_MISSED, SLA_PROMISES
from warehouse.metrics.workload import (
    ASSIGNED,
    BACKLOG,
    CONVERSATIONS_STARTED,
    CUSTOMER_MESSAGES,
    REPLIES,
)


class Page(Struct, frozen=True):
    """One page by its address, what it answers, and the metrics on it."""

    address: str
    answers: str
    metrics: tuple[Metric, ...] = ()
    also: tuple[dg.AssetKey, ...] = ()
    """What it reads beside the metrics' facts and marts."""


_BREAKDOWN = (
    CONVERSATIONS_STARTED,
    CUSTOMER_MESSAGES,
    RESOLVED,
    FIRST_RESPONSE,
    NEXT_REPLY,
    UNANSWERED,
    FULL_RESOLUTION,
    CSAT,
)

PAGES: tuple[Page, ...] = (
    Page(
        "live",
        "How does it stand this moment, and who is there? Asked of the desk itself, every 5 s.",
        also=(desk_key("conversations"), desk_key("account_users")),
    ),
    Page(
        "overview",
        "How was the period, against the one before: volume, speed, resolution, satisfaction.",
        (
            CONVERSATIONS_STARTED,
            CUSTOMER_MESSAGES,
            REPLIES,
            FIRST_RESPONSE,
            NEXT_REPLY,
            UNANSWERED,
            RESOLVED,
            FIRST_RESOLUTION,
            FULL_RESOLUTION,
            CSAT,
            SURVEYS,
        ),
    ),
    Page(
        "conversation_trends",
        "How many conversations began, by day, week and month, and at which hours people write.",
        (CONVERSATIONS_STARTED, CUSTOMER_MESSAGES, UNANSWERED),
    ),
    Page(
        "traffic",
        "At which hours of the week do customers write, and when do we answer?",
        (CONVERSATIONS_STARTED, CUSTOMER_MESSAGES, REPLIES, RESOLVED, FIRST_RESPONSE),
    ),
    Page(
        "backlog",
        "How many conversations stand unresolved, since when, and where?",
        (BACKLOG, CONVERSATIONS_STARTED, RESOLVED),
    ),
    Page(
        "response_times",
        "How long do customers wait for a first answer, the next one, and the end?",
        (FIRST_RESPONSE, NEXT_REPLY, UNANSWERED, FULL_RESOLUTION),
    ),
    Page(
        "satisfaction",
        "How satisfied are customers, with whom, and what do they say? "
        "Their words come from the desk: the lake has none.",
        (CSAT, SURVEYS),
        (desk_key("csat_surveys"),),
    ),
    Page(
        "sla",
        "Which promises to customers were kept, which were missed, and by whom?",
        (SLA_MET, SLA_MISSED, SLA_PROMISES),
    ),
    Page(
        "reopening",
        "How often was resolved not the end, and how often was one reply enough?",
        (RESOLVED, REOPENED, ONE_TOUCH),
    ),
    Page(
        "agent_performance",
        "What was each agent given, what did they resolve, how fast, and how well rated?",
        (ASSIGNED, RESOLVED, FIRST_RESPONSE, FULL_RESOLUTION, NEXT_REPLY, CSAT),
        (raw_key("account_users"),),
    ),
    Page("teams", "How do teams compare?", _BREAKDOWN),
    Page("inboxes", "How do inboxes compare?", _BREAKDOWN),
    Page("labels", "What are conversations about, and how do these subjects compare?", _BREAKDOWN),
    Page("channels", "How do channels compare?", _BREAKDOWN),
    Page(
        "bots",
        "What do bots meet, what do they hand over, and how long does it stay with them?",
        (MET_BY_BOT, BOT_HANDOFF, BOT_MESSAGES),
    ),
    Page(
        "automation",
        "What do rules resolve and write, beside what people do?",
        (RESOLVED_BY_RULE, RULE_CHANGES, AUTOMATIC_MESSAGES, REPLIES),
    ),
    Page(
        "then_and_now",
        "Any number at two moments of knowledge, and every row in which they differ.",
        METRICS,
    ),
)

_NOTED, _NOW = fact_key("reporting_event"), raw_key("conversations")

CHATWOOT: tuple[Page, ...] = (
    Page(
        "reports",
        "Counts and times by hour, day, week, month or year, and their sums over a period.",
        also=(_NOTED, _NOW, fact_key("message")),
    ),
    Page(
        "summary_reports",
        "A row for each agent, team, inbox, label or channel; the same as CSV.",
        also=(_NOTED, _NOW, raw_key("inboxes")),
    ),
    Page(
        "first_response_time_distribution",
        "By channel, how many first responses took how long.",
        also=(_NOTED,),
    ),
    Page(
        "bot_metrics",
        "What bots meet, resolve and hand over.",
        also=(_NOTED, _NOW, fact_key("message")),
    ),
    Page(
        "conversation_traffic",
        "Conversations by weekday and hour, as CSV.",
        also=(_NOW,),
    ),
    Page(
        "reporting_events",
        "The single moments behind the numbers, of an account or of one conversation.",
        also=(_NOTED, _NOW),
    ),
)


def report_specs() -> Iterator[dg.AssetSpec]:
    """The pages: what they show, the API answers from the same functions."""
    for page in PAGES:
        yield _spec("reports", page, "streamlit", "A page of the reports, and its endpoint.")


def chatwoot_specs() -> Iterator[dg.AssetSpec]:
    """The reports of `/api/v2`, by Chatwoot's own definitions."""
    for page in CHATWOOT:
        yield _spec("chatwoot", page, "api", "By Chatwoot's definitions, under /api/v2.")


def _spec(group: str, page: Page, kind: str, where: str) -> dg.AssetSpec:
    facts = {fact_key(metric.fact) for metric in page.metrics}
    marts = {mart_key(metric.mart) for metric in page.metrics if metric.mart}
    return dg.AssetSpec(
        dg.AssetKey([group, page.address]),
        group_name=group,
        description=f"{page.answers} {where}",
        deps=sorted(facts | marts | {*page.also}),
        kinds={kind},
        owners=OWNERS["numbers"],
        metadata={"metrics": [metric.definition for metric in page.metrics]}
        if page.metrics
        else {},
    )
