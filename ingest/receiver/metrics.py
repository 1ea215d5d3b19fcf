"""What the door counts."""

from prometheus_client import CollectorRegistry, Counter, Histogram

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class ReceiverMetrics:
    """Hooks by channel and answer, how long answers take, and how well commits are shared."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.answers = Counter(
            "streamdesk_webhooks",
            "Webhook requests answered",
            ("channel", "status"),
            registry=registry,
        )
        self.seconds = Histogram(
            "streamdesk_webhook_seconds",
            "From a webhook's first byte to its answer",
            ("channel",),
            buckets=_SECONDS,
            registry=registry,
        )
        self.batch = Histogram(
            "streamdesk_journal_batch_hooks",
            "Hooks committed to the journal together",
            buckets=(1, 2, 5, 10, 25, 50, 100, 250, 500),
            registry=registry,
        )
        self.write_seconds = Histogram(
            "streamdesk_journal_write_seconds",
            "Duration of a journal commit",
            buckets=_SECONDS,
            registry=registry,
        )
