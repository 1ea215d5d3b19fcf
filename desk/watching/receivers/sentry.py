"""Sentry: every error as an event that we put together ourselves, nothing gathered by its SDK."""

from collections.abc import Callable
from typing import Any

from sentry_sdk import Client
from sentry_sdk.transport import HttpTransport
from sentry_sdk.utils import BadDsn
from typing_extensions import override

from desk.watching.courier import Deliver
from desk.watching.incident import Incident, Raised
from desk.watching.throttle import Throttle

EVERY_SECONDS = 60.0
AN_HOUR = 300

_LEVELS = {"warning": "warning", "error": "error", "critical": "fatal"}
_OF_THE_SDK = {"event_id", "timestamp", "level", "logger", "logentry", "exception", "tags", "contexts",
               "fingerprint", "release", "environment", "server_name", "sdk", "platform"}  # fmt: skip
"""The only parts of an event that may leave, whoever put them there."""


def open_sentry(
    dsn: str, environment: str, version: str, lost: Callable[[], None]
) -> Deliver[Incident]:
    """A client without integrations: it hooks into nothing, reads no locals, no request, no query.

    `lost` is called for each event that Sentry did not take.
    """

    class Transport(HttpTransport):
        """The SDK's own, which keeps Sentry's rate limits."""

        @override
        def on_dropped_event(self, _reason: str) -> None:
            lost()

    try:
        client = Client(
            dsn=dsn,
            transport=Transport,
            environment=environment,
            release=f"streamdesk@{version}",
            server_name="",
            integrations=[],
            default_integrations=False,
            auto_enabling_integrations=False,
            include_local_variables=False,
            include_source_context=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            auto_session_tracking=False,
            enable_backpressure_handling=False,
            traces_sample_rate=None,
            spotlight=False,
            transport_queue_size=100,
            before_send=_only_ours,
        )
    except BadDsn:
        # The exception would quote the DSN.
        raise ValueError("SENTRY_DSN is none") from None
    throttle = Throttle(EVERY_SECONDS, an_hour=AN_HOUR)

    def deliver(incidents: list[Incident]) -> None:
        for incident in incidents:
            before = throttle.passes(incident.key)
            if before is not None:
                client.capture_event(_event(incident, before))
        client.flush(timeout=5)

    return deliver


def _only_ours(event: Any, _hint: Any) -> Any:
    return {name: value for name, value in event.items() if name in _OF_THE_SDK}


def _event(incident: Incident, kept_back: int) -> Any:
    tags = {name: str(value) for name, value in incident.facts.items()}
    return {
        "timestamp": incident.at,
        "level": _LEVELS.get(incident.level, "error"),
        "logger": f"streamdesk.{incident.process}",
        "logentry": {"message": incident.what},
        # Sentry wants the causes first.
        "exception": {"values": [_value(raised) for raised in reversed(incident.raised)]},
        "tags": {"process": incident.process, **tags},
        "contexts": {"desk": {**incident.facts, "kept_back": kept_back}},
        "fingerprint": [incident.key],
    }


def _value(raised: Raised) -> dict[str, Any]:
    return {
        "type": raised.type,
        "module": raised.module,
        "value": " ".join(filter(None, (raised.code, raised.sqlstate))),
        "stacktrace": {
            "frames": [
                {
                    "module": place.module,
                    "filename": place.file,
                    "function": place.function,
                    "lineno": place.line,
                    "in_app": place.ours,
                }
                for place in raised.places
            ]
        },
    }
