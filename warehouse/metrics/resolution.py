"""How many conversations are brought to an end, and how long that takes."""

from warehouse.metrics.dimensions import CLOCK, WORK
from warehouse.metrics.metric import Better, Metric, Totals, Unit

RESOLVED = Metric(
    name="resolved",
    title="Resolved",
    unit=Unit.COUNT,
    better=Better.HIGHER,
    fact="resolution",
    at="ended_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="Conversations moved to resolved, each once in the period, credited to the agent who "
    "held it then; what nobody held counts for the account alone.",
    distinct="conversation_id",
    version=2,
)

FIRST_RESOLUTION = Metric(
    name="first_resolution",
    title="First resolution",
    unit=Unit.SECONDS,
    better=Better.LOWER,
    fact="resolution",
    at="ended_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="From a customer's first message to the first move to resolved.",
    value="calendar_seconds",
    business="business_seconds",
    keep="is_first and calendar_seconds is not null",
)

FULL_RESOLUTION = Metric(
    name="full_resolution",
    title="Resolution",
    unit=Unit.SECONDS,
    better=Better.LOWER,
    fact="resolution",
    at="ended_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="From a customer's first message to the last move to resolved known at the snapshot; "
    "an open conversation has none.",
    value="calendar_seconds",
    business="business_seconds",
    keep="is_last and calendar_seconds is not null",
)

REOPENED = Metric(
    name="reopened",
    title="Reopened",
    unit=Unit.SHARE,
    better=Better.LOWER,
    fact="resolution",
    at="ended_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="Moves to resolved that a customer's message undid within seven days, among all, by "
    "the day of the move; the end of a snooze, an agent's undo and automation are none.",
    value="reopened_by = 'customer_message' and reopened_at <= ended_at + interval '7 days'",
)

ONE_TOUCH = Metric(
    name="one_touch",
    title="One-touch",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    fact="resolution",
    at="ended_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="Moves to resolved after exactly one reply that stayed so for seven days, among all "
    "whose seven days are over; what became part of another conversation before that is none.",
    value="replies = 1 and (reopened_at is null or reopened_at > ended_at + interval '7 days')",
    keep="ended_at + interval '7 days' <= {as_of} "
    "and (merged_at is null or merged_at >= ended_at + interval '7 days')",
    version=2,
)
