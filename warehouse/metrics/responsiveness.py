"""How long customers wait for a human's answer."""

from warehouse.metrics.dimensions import CLOCK, WORK
from warehouse.metrics.metric import Better, Metric, Totals, Unit

FIRST_RESPONSE = Metric(
    name="first_response",
    title="First response",
    unit=Unit.SECONDS,
    better=Better.LOWER,
    fact="first_response",
    at="ended_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="From a customer's first message to the first human reply; bots, automation and notes "
    "do not stop it, and a bot's part ends at hand-off.",
    value="calendar_seconds",
    business="business_seconds",
    keep="outcome = 'answered'",
)

UNANSWERED = Metric(
    name="unanswered",
    title="Closed unanswered",
    unit=Unit.COUNT,
    better=Better.LOWER,
    fact="first_response",
    at="ended_at",
    by=(*WORK, *CLOCK),
    totals=Totals.SUM,
    counts="Conversations begun by a customer and resolved without any human reply.",
    keep="outcome = 'unanswered'",
    mart="agent_day",
    column="first_unanswered",
)

NEXT_REPLY = Metric(
    name="next_reply",
    title="Reply time",
    unit=Unit.SECONDS,
    better=Better.LOWER,
    fact="reply",
    at="ended_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="After the first reply: from the first unanswered customer message to the next reply.",
    value="calendar_seconds",
    business="business_seconds",
    keep="outcome = 'answered'",
)

WAITING = Metric(
    name="waiting",
    title="Wait",
    unit=Unit.SECONDS,
    better=Better.LOWER,
    fact="waiting",
    at="started_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="Each time the ball was ours: from a customer's message nobody had answered to a "
    "person's reply or the close, snoozed or not, by when it began; a wait that goes on has none, "
    "and one that a merge carried on counts once, to its end in the other conversation.",
    value="calendar_seconds",
    business="business_seconds",
    keep="ended_at is not null and ended_by not in ('deleted', 'merged')",
    version=2,
)

BOT_HANDOFF = Metric(
    name="bot_handoff",
    title="Bot hand-off",
    unit=Unit.SECONDS,
    better=Better.NEITHER,
    fact="bot_handoff",
    at="ended_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="From when a conversation began to wait with a bot until it was opened for people.",
    value="calendar_seconds",
    business="business_seconds",
)
