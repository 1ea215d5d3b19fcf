"""Local receivers that speak the real wire formats: Sentry, Slack, OTLP over HTTP, StatsD."""

import contextlib
import gzip
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from typing_extensions import override

from desk.settings import Watching

SLACK_PATH = "/services/T000/B000/not-a-secret"


class Receivers:
    """Everything that arrived, as raw bytes and as read by the format's own reader."""

    def __init__(self, url: str, statsd_port: int) -> None:
        self.url = url
        self.settings = Watching(
            sentry_dsn=url.replace("http://", "http://public@") + "/1",
            statsd_url=f"udp://127.0.0.1:{statsd_port}",
            otlp_endpoint=url,
            slack_url=url + SLACK_PATH,
            environment="test",
        )
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.datagrams: list[bytes] = []
        self.status = 200
        self.seconds = 0.0

    @property
    def everything(self) -> bytes:
        """Every byte that any receiver got: addresses, headers, unpacked bodies, datagrams."""
        parts = [f"{path} {headers}".encode() + body for path, headers, body in list(self.requests)]
        return b"\n".join(parts + list(self.datagrams))

    @property
    def sentry_events(self) -> list[dict[str, Any]]:
        """The events of all envelopes: a line of headers, then header and payload of each item."""
        events = []
        for path, _, body in list(self.requests):
            if not path.endswith("/envelope/"):
                continue
            rest = body.partition(b"\n")[2]
            while rest:
                header, _, rest = rest.partition(b"\n")
                item = json.loads(header)
                length = item.get("length")
                payload = rest[:length] if length is not None else rest.partition(b"\n")[0]
                rest = rest[len(payload) :].lstrip(b"\n")
                if item["type"] == "event":
                    events.append(json.loads(payload))
        return events

    @property
    def slack_texts(self) -> list[str]:
        return [json.loads(b)["text"] for path, _, b in list(self.requests) if path == SLACK_PATH]

    @property
    def spans(self) -> list[Span]:
        found: list[Span] = []
        for path, headers, body in list(self.requests):
            if path == "/v1/traces":
                assert headers["content-type"] == "application/x-protobuf"
                request = ExportTraceServiceRequest.FromString(body)
                for resource in request.resource_spans:
                    for scope in resource.scope_spans:
                        found.extend(scope.spans)
        return found

    @property
    def figures(self) -> list[str]:
        return [line for datagram in list(self.datagrams) for line in datagram.decode().split("\n")]


@contextlib.contextmanager
def listening() -> Iterator[Receivers]:
    """Receivers for as long as the block lasts."""
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if self.headers.get("content-encoding") == "gzip":
                body = gzip.decompress(body)
            headers = {name.lower(): value for name, value in self.headers.items()}
            receivers.requests.append((self.path, headers, body))
            if receivers.seconds:
                time.sleep(receivers.seconds)
            with contextlib.suppress(OSError):
                self.send_response(receivers.status)
                self.end_headers()
                self.wfile.write(b"{}" if self.path.startswith("/api/") else b"")

        @override
        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receivers = Receivers(f"http://127.0.0.1:{server.server_port}", udp.getsockname()[1])

    def hear() -> None:
        with contextlib.suppress(OSError):
            while True:
                receivers.datagrams.append(udp.recv(65536))

    threads = [
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True),
        threading.Thread(target=hear, daemon=True),
    ]
    for thread in threads:
        thread.start()
    try:
        yield receivers
    finally:
        server.shutdown()
        server.server_close()
        udp.close()


def until(holds: Callable[[], bool], seconds: float = 10.0) -> None:
    """Wait until it holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
