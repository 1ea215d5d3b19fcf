"""Definitions that were in force once, each said as it was then: they stay computable."""

from msgspec import structs

from warehouse.metrics.resolution import ONE_TOUCH, RESOLVED
from warehouse.metrics.responsiveness import WAITING
from warehouse.metrics.workload import BACKLOG

RESOLVED_1 = structs.replace(
    RESOLVED,
    version=1,
    counts="Conversations moved to resolved, each once in the period, credited to the agent who "
    "held it, or to the one who resolved it if nobody did.",
    credit="coalesce(agent_id, case when actor_kind = 'user' then actor_id end)",
)

ONE_TOUCH_1 = structs.replace(
    ONE_TOUCH,
    version=1,
    counts="Moves to resolved after exactly one reply that stayed so for seven days, among all "
    "whose seven days are over.",
    keep="ended_at + interval '7 days' <= {as_of}",
)

WAITING_1 = structs.replace(
    WAITING,
    version=1,
    counts="Each time the ball was ours: from a customer's message nobody had answered to a "
    "person's reply or the close, snoozed or not, by when it began; a wait that goes on has none.",
    keep="ended_at is not null and ended_by <> 'deleted'",
)

BACKLOG_1 = structs.replace(
    BACKLOG,
    version=1,
    counts="Conversations that are neither resolved nor deleted at the end of each day, week or "
    "month, by whoever held them then.",
    keep="not by_merge",
    mart="",
    column="",
)
