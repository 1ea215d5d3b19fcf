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
