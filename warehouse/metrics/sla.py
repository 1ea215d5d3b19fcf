"""Whether what was promised was kept."""

from warehouse.metrics.dimensions import CLOCK, WORK
from warehouse.metrics.metric import Better, Dimension, Metric, Totals, Unit

POLICY = Dimension("sla_policy_id", "sla_policy_id")
PROMISE = Dimension("promise", "promise")
"""First response (frt), next response (nrt) or resolution (rt)."""

SLA_MET = Metric(
    name="sla_met",
    title="SLA met",
    unit=Unit.SHARE,
    better=Better.HIGHER,
    fact="sla",
    at="decided_at",
    by=(*WORK, *CLOCK, POLICY, PROMISE),
    totals=Totals.RECOMPUTE,
    counts="Promises of SLA policies that were kept among all that were kept or broken, by the "
    "day on which that was decided; what still runs is none of them.",
    value="outcome = 'met'",
    keep="outcome in ('met', 'missed')",
)

SLA_MISSED = Metric(
    name="sla_missed",
    title="SLA missed",
    unit=Unit.COUNT,
    better=Better.LOWER,
    fact="sla",
    at="decided_at",
    by=(*WORK, *CLOCK, POLICY, PROMISE),
    totals=Totals.SUM,
    counts="Promises of SLA policies that fell due before what was promised had happened.",
    keep="outcome = 'missed'",
)

SLA_PROMISES = Metric(
    name="sla_promises",
    title="SLA promises",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    fact="sla",
    at="decided_at",
    by=(*WORK, *CLOCK, POLICY, PROMISE),
    totals=Totals.SUM,
    counts="Promises of SLA policies that were kept or broken.",
    keep="outcome in ('met', 'missed')",
)
