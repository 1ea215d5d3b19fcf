"""Every metric there is: read this to know what can be asked."""

from warehouse.metrics.metric import Metric
from warehouse.metrics.resolution import FIRST_RESOLUTION, FULL_RESOLUTION, RESOLVED
from warehouse.metrics.responsiveness import FIRST_RESPONSE, NEXT_REPLY, UNANSWERED
from warehouse.metrics.satisfaction import CSAT, SURVEYS
from warehouse.metrics.workload import (
    ASSIGNED,
    CONVERSATIONS_STARTED,
    CUSTOMER_MESSAGES,
    REPLIES,
)

METRICS: tuple[Metric, ...] = (
    CONVERSATIONS_STARTED,
    ASSIGNED,
    CUSTOMER_MESSAGES,
    REPLIES,
    FIRST_RESPONSE,
    UNANSWERED,
    NEXT_REPLY,
    RESOLVED,
    FIRST_RESOLUTION,
    FULL_RESOLUTION,
    CSAT,
    SURVEYS,
)
