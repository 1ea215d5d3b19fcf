"""The widget in a visitor's browser."""

import json
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any

from tests.ingest.conformance import Provider

VISITOR = "3f1d9a52-6f0b-4a53-9f5e-3d6f2f6c1b77"


class WebsiteProbe:
    """Builds the widget's requests; what the visitor's token said stands in headers."""

    customer = VISITOR
    secrets: Mapping[str, Any] = {"hmac_token": "hmac-token"}
    config: Mapping[str, Any] = {}

    def headers(self, body: bytes) -> dict[str, str]:
        return {"x-visitor": VISITOR, "x-message-id": handle_in(body) or "given-by-the-desk"}

    def text_hook(self, text: str, *, source_id: str) -> bytes:
        return json.dumps({"message": {"content": text, "echo_id": source_id}}).encode()

    def provider(self) -> AbstractAsyncContextManager[Provider]:
        raise NotImplementedError("visitors fetch their messages")


def handle_in(body: bytes) -> str:
    """The handle of a request's message; in truth the desk puts the visitor's address before it."""
    try:
        message = json.loads(body)["message"]
        echo = message["echo_id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return echo if isinstance(echo, str) and "\x00" not in echo else ""


PROBE = WebsiteProbe()
