"""Somebody else's endpoint: takes deliveries on a real port, and checks them by the published rules.

The checks are written from the Standard Webhooks specification and from Chatwoot's documentation,
not from the code that signs.
"""

import base64
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from typing_extensions import override

TOLERANCE = 5 * 60


@dataclass
class Delivered:
    """One request as it came in."""

    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        decoded: dict[str, Any] = json.loads(self.body)
        return decoded

    def is_standard(self, secret: str, now: float) -> bool:
        """https://www.standardwebhooks.com: `v1` is HMAC-SHA256 over id.timestamp.body, base64."""
        stamp = self.headers["webhook-timestamp"]
        if abs(now - int(stamp)) > TOLERANCE:
            return False
        assert secret.startswith("whsec_")
        key = base64.b64decode(secret[len("whsec_") :])
        assert 24 <= len(key) <= 64
        content = b".".join([self.headers["webhook-id"].encode(), stamp.encode(), self.body])
        expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
        versions = [one.split(",", 1) for one in self.headers["webhook-signature"].split(" ")]
        return any(
            version == "v1" and hmac.compare_digest(given, expected) for version, given in versions
        )

    def is_chatwoots(self, secret: str) -> bool:
        """`sha256=` and the hex HMAC of `{timestamp}.{raw body}` with the secret as it is shown."""
        content = self.headers["x-chatwoot-timestamp"].encode() + b"." + self.body
        expected = hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
        return hmac.compare_digest(self.headers["x-chatwoot-signature"], f"sha256={expected}")


class Receiver:
    """Answers 200, unless it was told what to answer first."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.delivered: list[Delivered] = []
        self.answers: list[int | tuple[int, dict[str, str]]] = []
        self.refused_once: set[str] = set()
        """Messages with these contents are refused the first time."""

    @property
    def events(self) -> list[str]:
        return [one.json["event"] for one in self.delivered]

    def answer_to(self, delivered: Delivered) -> tuple[int, dict[str, str]]:
        self.delivered.append(delivered)
        content = delivered.json.get("content")
        if content in self.refused_once:
            self.refused_once.remove(content)
            return 422, {}
        answer = self.answers.pop(0) if self.answers else 200
        return answer if isinstance(answer, tuple) else (answer, {})


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver for as long as the block lasts."""
    holder: list[Receiver] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more = holder[0].answer_to(Delivered(headers, body))
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("content-length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        @override
        def log_message(self, format: str, *args: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        holder.append(Receiver(f"http://127.0.0.1:{server.server_port}/hook"))
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield holder[0]
        server.shutdown()
        thread.join(5)
