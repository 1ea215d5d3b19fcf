"""Every metric there is: read this to know what can be asked."""

from collections.abc import Mapping

from desk.words.errors import NotFound
from warehouse.metrics.automation import (
    AUTOMATIC_MESSAGES,
    BOT_MESSAGES,
    MET_BY_BOT,
    RESOLVED_BY_RULE,
    RULE_CHANGES,
)
from warehouse.metrics.earlier import BACKLOG_1, ONE_TOUCH_1, RESOLVED_1, WAITING_1
from warehouse.metrics.metric import Metric
from warehouse.metrics.resolution import (
    FIRST_RESOLUTION,
    FULL_RESOLUTION,
    ONE_TOUCH,
    REOPENED,
    RESOLVED,
)
from warehouse.metrics.responsiveness import (
    BOT_HANDOFF,
    FIRST_RESPONSE,
    NEXT_REPLY,
    UNANSWERED,
    WAITING,
)
from warehouse.metrics.satisfaction import CSAT, SURVEYS
from warehouse.metrics.sla import SLA_MET, SLA_MISSED, SLA_PROMISES
from warehouse.metrics.workload import (
    ASSIGNED,
    BACKLOG,
    CONVERSATIONS_STARTED,
    CUSTOMER_MESSAGES,
    HELD,
    REPLIES,
)

METRICS: tuple[Metric, ...] = (
    CONVERSATIONS_STARTED,
    ASSIGNED,
    HELD,
    BACKLOG,
    CUSTOMER_MESSAGES,
    REPLIES,
    FIRST_RESPONSE,
    UNANSWERED,
    NEXT_REPLY,
    WAITING,
    RESOLVED,
    FIRST_RESOLUTION,
    FULL_RESOLUTION,
    REOPENED,
    ONE_TOUCH,
    MET_BY_BOT,
    BOT_HANDOFF,
    BOT_MESSAGES,
    RESOLVED_BY_RULE,
    RULE_CHANGES,
    AUTOMATIC_MESSAGES,
    CSAT,
    SURVEYS,
    SLA_MET,
    SLA_MISSED,
    SLA_PROMISES,
)
"""By the definitions in force."""

EARLIER: tuple[Metric, ...] = (RESOLVED_1, ONE_TOUCH_1, WAITING_1, BACKLOG_1)
"""Definitions that were in force once, each with its version: they stay computable."""


def metric_of(
    name: str,
    version: int | None = None,
    *,
    known: tuple[Metric, ...] = (*METRICS, *EARLIER),
) -> Metric:
    """A metric by its name, as it is defined now or was in a version; raises NotFound."""
    versions: Mapping[int, Metric] = {
        metric.version: metric for metric in known if metric.name == name
    }
    if not versions:
        there_are = ", ".join(sorted({metric.name for metric in known}))
        raise NotFound("metric_not_found", f"There is no metric {name}. There are: {there_are}.")
    wanted = max(versions) if version is None else version
    if wanted not in versions:
        there_are = ", ".join(str(one) for one in sorted(versions))
        raise NotFound(
            "version_not_found", f"{name} has no version {wanted}. There are: {there_are}."
        )
    return versions[wanted]
