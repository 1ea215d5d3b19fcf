"""What programs do: bots in front of people, and rules beside them."""

from warehouse.metrics.dimensions import CLOCK, WORK
from warehouse.metrics.metric import Better, Metric, Totals, Unit

MET_BY_BOT = Metric(
    name="met_by_bot",
    title="Met by a bot",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    fact="conversation_started",
    at="started_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="Conversations that began with a bot instead of a person.",
    keep="began_with_bot",
)

BOT_MESSAGES = Metric(
    name="bot_messages",
    title="Bot messages",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    fact="message",
    at="said_at",
    by=(*WORK, *CLOCK),
    totals=Totals.SUM,
    counts="Messages bots wrote to customers.",
    keep="said = 'bot'",
    mart="agent_day",
    column="bot_messages",
)

AUTOMATIC_MESSAGES = Metric(
    name="automatic_messages",
    title="Automatic messages",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    fact="message",
    at="said_at",
    by=(*WORK, *CLOCK),
    totals=Totals.SUM,
    counts="Messages that rules, surveys and greetings wrote to customers: neither people nor bots.",
    keep="said = 'system'",
    mart="agent_day",
    column="system_messages",
)

RESOLVED_BY_RULE = Metric(
    name="resolved_by_rule",
    title="Resolved by rules",
    unit=Unit.SHARE,
    better=Better.NEITHER,
    fact="resolution",
    at="ended_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="Moves to resolved made by automation, among all.",
    value="by_automation",
)

RULE_CHANGES = Metric(
    name="rule_changes",
    title="Status changes by rules",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    fact="status_change",
    at="changed_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="Conversations opened, resolved, snoozed or put on hold by an automation rule.",
    keep="actor_kind = 'rule'",
)
