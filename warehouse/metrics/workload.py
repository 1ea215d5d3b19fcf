"""How much there is to do, and who does it."""

from warehouse.metrics.dimensions import CLOCK, WORK
from warehouse.metrics.metric import Better, Metric, Totals, Unit

CONVERSATIONS_STARTED = Metric(
    name="conversations_started",
    title="Conversations",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    fact="conversation_started",
    at="started_at",
    by=(*WORK, *CLOCK),
    totals=Totals.SUM,
    counts="Conversations by the local day on which they began.",
    mart="agent_day",
    column="conversations_started",
)

ASSIGNED = Metric(
    name="assigned",
    title="Assigned",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    fact="assignment",
    at="started_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="Conversations given to an agent, each once in the period.",
    distinct="conversation_id",
)

CUSTOMER_MESSAGES = Metric(
    name="customer_messages",
    title="Customer messages",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    fact="message",
    at="said_at",
    by=(*WORK, *CLOCK),
    totals=Totals.SUM,
    counts="Messages customers wrote.",
    keep="said = 'customer'",
    mart="inbox_hour",
    column="customer_messages",
)

REPLIES = Metric(
    name="replies",
    title="Replies",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    fact="message",
    at="said_at",
    by=(*WORK, *CLOCK),
    totals=Totals.SUM,
    counts="Public messages agents wrote.",
    keep="said = 'reply'",
    mart="agent_day",
    column="reply_messages",
)

BACKLOG = Metric(
    name="backlog",
    title="Backlog",
    unit=Unit.COUNT,
    better=Better.LOWER,
    fact="backlog_change",
    at="changed_at",
    by=WORK,
    totals=Totals.STANDING,
    counts="Conversations that are not resolved, merged away or deleted at the end of each day, "
    "week or month, by whoever held them then.",
    value="change",
    mart="backlog_day",
    column="change",
    version=2,
)

HELD = Metric(
    name="held",
    title="Time held",
    unit=Unit.SECONDS,
    better=Better.NEITHER,
    fact="assignment",
    at="started_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="From when an agent was given a conversation until it was given away, by when it was "
    "given; one still held has none.",
    value="calendar_seconds",
    business="business_seconds",
    keep="ended_at is not null",
)
