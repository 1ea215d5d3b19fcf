"""Read this to know what reacts to what: every agent, its topic, and what it does with a batch."""

from collections.abc import Callable

import msgspec

from desk.events.topics import Topic
from desk.store.counters import Counters
from desk.store.desk import Desk
from streams.handlers import (
    ask_rating,
    follow_sla,
    notify_agents,
    queue_webhooks,
    route_conversation,
    run_automation,
    tell_apps,
    tell_bots,
)
from streams.handlers.receive_inbound import ReceiveInbound
from streams.reactions import React, Reaction
from streams.record import Consume

REACTIONS = (
    Reaction("run_automation", run_automation.run_automation, to=run_automation.FACTS),
    Reaction(
        "route_conversation",
        route_conversation.route_conversation,
        to=route_conversation.FACTS,
        concerns=route_conversation.concerns,
    ),
    Reaction(
        "notify_agents",
        notify_agents.notify_agents,
        to=notify_agents.FACTS,
        concerns=notify_agents.concerns,
    ),
    Reaction(
        "follow_sla", follow_sla.follow_clocks, to=follow_sla.FACTS, concerns=follow_sla.concerns
    ),
    Reaction("queue_webhooks", queue_webhooks.queue_webhooks, to=queue_webhooks.FACTS),
    Reaction("tell_bots", tell_bots.tell_bots_of, to=tell_bots.FACTS),
    Reaction("tell_apps", tell_apps.tell_apps, to=tell_apps.FACTS, concerns=tell_apps.concerns),
    Reaction("ask_rating", ask_rating.ask_rating, to=ask_rating.FACTS, writes_to_customers=True),
)


class Agent(msgspec.Struct, frozen=True):
    """A consumer of one topic; there is one to a topic, and it works on one batch at a time."""

    name: str
    topic: Topic
    consumer: Callable[[Desk, Counters], Consume]
    batch: int = 200
    within: float = 0.03
    """Seconds a batch may wait to become full."""


def _receive(desk: Desk, counters: Counters) -> Consume:
    return ReceiveInbound(desk, counters)


def _react(desk: Desk, counters: Counters) -> Consume:
    return React(REACTIONS, desk, counters)


AGENTS = (
    Agent("receive", Topic.CHANNEL_INBOUND, _receive),
    Agent("react", Topic.DESK_EVENTS, _react),
)
