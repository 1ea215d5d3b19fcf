"""What the service counts for Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class ServiceMetrics:
    """Requests, sockets, and how far the rest of the desk is behind."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "streamdesk_http_requests",
            "Requests answered",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "streamdesk_http_request_seconds",
            "From a request's first byte to its answer's last",
            ("route",),
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.sockets = Gauge(
            "streamdesk_sockets", "Open sockets of the live line", registry=self.registry
        )
        self.frames = Counter(
            "streamdesk_live_frames", "Frames read from the feed", registry=self.registry
        )
        self.deliveries = Counter(
            "streamdesk_live_deliveries", "Frames written to sockets", registry=self.registry
        )
        self.dropped = Counter(
            "streamdesk_slow_sockets",
            "Sockets cut because they did not read",
            registry=self.registry,
        )
        self.lag = Gauge(
            "streamdesk_stream_lag_seconds",
            "Age of the oldest thing a stream has not done",
            ("stream",),
            registry=self.registry,
        )
        self.jobs = Gauge(
            "streamdesk_jobs",
            "Jobs that are due, or were given up",
            ("state",),
            registry=self.registry,
        )
        self.parked = Gauge(
            "streamdesk_parked_messages", "Parked and not yet resolved", registry=self.registry
        )
        self._of: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def answered(self, method: str, route: str, status: int, took: float) -> None:
        """One more request, and the seconds it took."""
        key = (method, route, status)
        of = self._of.get(key)
        if of is None:
            of = self._of[key] = (
                self.requests.labels(method, route, str(status)),
                self.seconds.labels(route),
            )
        of[0].inc()
        of[1].observe(took)
