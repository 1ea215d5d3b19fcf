"""`/metrics`: what Prometheus reads."""

import re

import structlog
from litestar import Response, get
from litestar.di import NamedDependency
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from desk.store.counters import read_counters
from desk.store.desk import Desk
from desk.words.errors import DeskError
from inbox_service.api.answers import answers_file
from inbox_service.auth.guard import PUBLIC
from inbox_service.health import Health
from inbox_service.metrics import ServiceMetrics
from inbox_service.realtime.heartbeat import Heartbeat
from inbox_service.unreachable import UNREACHABLE

_UNNAMEABLE = re.compile(r"[^a-zA-Z0-9_]")

_log = structlog.get_logger("inbox_service")


@get(
    "/metrics",
    opt=PUBLIC,
    operation_id="metrics",
    tags=["Watching"],
    responses=answers_file("text/plain"),
)
async def get_metrics(
    desk: NamedDependency[Desk],
    health: NamedDependency[Health],
    metrics: NamedDependency[ServiceMetrics],
    heartbeat: NamedDependency[Heartbeat],
) -> Response[bytes]:
    """In Prometheus' text format; what a lost database or Redis cannot tell is left out."""
    metrics.sockets.set(len(heartbeat))
    try:
        found = await health.vitals()
        now = desk.clock.now()
        for stream, oldest in (("receive", found.oldest_inbound), ("react", found.oldest_event)):
            age = 0.0 if oldest is None else max(0.0, (now - oldest).total_seconds())
            metrics.lag.labels(stream).set(age)
        metrics.jobs.labels("due").set(found.jobs_due)
        metrics.jobs.labels("failed").set(found.jobs_failed)
        metrics.parked.set(found.parked)
    except (DeskError, *UNREACHABLE) as error:
        _log.warning("vitals could not be read", kind=type(error).__name__)
    body = generate_latest(metrics.registry) + await _of_other_processes(desk)
    return Response(body, media_type=CONTENT_TYPE_LATEST)


async def _of_other_processes(desk: Desk) -> bytes:
    """The sums that processes without a door keep in Redis."""
    try:
        counters = await read_counters(desk.redis)
    except UNREACHABLE as error:
        _log.warning("counters could not be read", kind=type(error).__name__)
        return b""
    lines = []
    for name, value in sorted(counters.items()):
        metric = f"streamdesk_{_UNNAMEABLE.sub('_', name)}_total"
        lines += [f"# TYPE {metric} counter", f"{metric} {value}"]
    return "".join(f"{line}\n" for line in lines).encode()
