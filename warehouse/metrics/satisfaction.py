"""What customers say about it afterwards."""

from warehouse.metrics.dimensions import CLOCK, WORK
from warehouse.metrics.metric import Better, Metric, Totals, Unit

CSAT = Metric(
    name="csat",
    title="Satisfied",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    fact="csat",
    at="answered_at",
    by=(*WORK, *CLOCK),
    totals=Totals.RECOMPUTE,
    counts="Answers of 4 or 5 among all answers, by the day of the answer; the last answer to a "
    "survey counts, for the agent who replied last before it went out.",
    value="satisfied",
)

SURVEYS = Metric(
    name="surveys",
    title="Surveys",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    fact="survey",
    at="asked_at",
    by=(*WORK, *CLOCK),
    totals=Totals.SUM,
    counts="Customers asked for a rating.",
    mart="agent_day",
    column="surveys",
)
