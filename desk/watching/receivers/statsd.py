"""StatsD: counters and timers by UDP, named by process and, where there is one, by account."""

from typing import NamedTuple
from urllib.parse import urlsplit

from statsd import StatsClient

from desk.watching.courier import Deliver

PREFIX = "streamdesk"
PORT = 8125


class Figure(NamedTuple):
    """One count, or one duration in milliseconds."""

    name: str
    value: float
    is_time: bool = False


def open_statsd(url: str) -> Deliver[Figure]:
    """Packs figures into datagrams of at most 512 bytes."""
    parts = urlsplit(url)
    client = StatsClient(
        parts.hostname or "127.0.0.1",
        parts.port or PORT,
        prefix=PREFIX,
        ipv6=":" in (parts.hostname or ""),
    )

    def deliver(figures: list[Figure]) -> None:
        with client.pipeline() as pipeline:
            for figure in figures:
                if figure.is_time:
                    pipeline.timing(figure.name, figure.value)
                else:
                    pipeline.incr(figure.name, figure.value)

    return deliver
