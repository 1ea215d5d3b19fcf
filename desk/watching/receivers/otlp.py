"""OpenTelemetry: spans by OTLP over HTTP, made when their work is done, under ids that follow from it."""

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import SpanExportResult
from opentelemetry.sdk.trace.id_generator import IdGenerator, RandomIdGenerator
from opentelemetry.trace import (
    Link,
    NonRecordingSpan,
    Span,
    SpanContext,
    SpanKind,
    Status,
    StatusCode,
    TraceFlags,
    set_span_in_context,
)
from typing_extensions import override

from desk.watching.courier import Courier, Deliver
from desk.watching.origin import Origin

GATHER_SECONDS = 1.0
TIMEOUT_SECONDS = 5.0

KINDS: Final = {
    "server": SpanKind.SERVER,
    "internal": SpanKind.INTERNAL,
    "producer": SpanKind.PRODUCER,
    "consumer": SpanKind.CONSUMER,
}


class Traces:
    """Makes spans of work that has ended and gives them to the courier."""

    def __init__(self, process: str, endpoint: str, environment: str, version: str) -> None:
        self.courier: Courier[ReadableSpan] = Courier(
            "otlp", lambda: _open(endpoint), gather=GATHER_SECONDS, room=5000
        )
        self._ids = _Ids()
        provider = TracerProvider(
            resource=Resource.create(
                {
                    "service.namespace": "streamdesk",
                    "service.name": f"streamdesk.{process}",
                    "service.version": version,
                    "deployment.environment.name": environment,
                }
            ),
            id_generator=self._ids,
            shutdown_on_exit=False,
        )
        provider.add_span_processor(_ToCourier(self.courier))
        self._tracer = provider.get_tracer("streamdesk", version)

    def span(
        self,
        name: str,
        began: int,
        ended: int,
        *,
        kind: str,
        origin: Origin | None,
        first: bool = False,
        links: Sequence[Origin] = (),
        facts: Mapping[str, int | float | str],
        failed: str | None = None,
    ) -> None:
        """A span of the origin's trace: its first one, or a child of that."""
        within = Context()
        if origin is not None and not first:
            within = set_span_in_context(NonRecordingSpan(_context(origin)), within)
        span = self._ids.next(
            origin if first else None,
            lambda: self._tracer.start_span(
                name,
                context=within,
                kind=KINDS[kind],
                attributes={f"streamdesk.{key}": value for key, value in facts.items()},
                links=[Link(_context(each)) for each in links],
                start_time=began,
                record_exception=False,
                set_status_on_exception=False,
            ),
        )
        if failed is not None:
            span.set_attribute("error.type", failed)
            span.set_status(Status(StatusCode.ERROR))
        span.end(ended)


class _Ids(IdGenerator):
    """Random ids, except where a trace's first span must bear those of its origin."""

    def __init__(self) -> None:
        self._random = RandomIdGenerator()
        self._wanted = threading.local()

    def next(self, origin: Origin | None, make: Callable[[], Span]) -> Span:
        """Make a span; with an origin, under its ids."""
        self._wanted.origin = origin
        try:
            return make()
        finally:
            self._wanted.origin = None

    @override
    def generate_span_id(self) -> int:
        origin: Origin | None = getattr(self._wanted, "origin", None)
        return self._random.generate_span_id() if origin is None else origin.span_id

    @override
    def generate_trace_id(self) -> int:
        origin: Origin | None = getattr(self._wanted, "origin", None)
        return self._random.generate_trace_id() if origin is None else origin.trace_id


class _ToCourier(SpanProcessor):
    """What the SDK hands a finished span to."""

    def __init__(self, courier: Courier[ReadableSpan]) -> None:
        self._courier = courier

    @override
    def on_end(self, span: ReadableSpan) -> None:
        self._courier.put(span)


def _context(origin: Origin) -> SpanContext:
    return SpanContext(
        origin.trace_id, origin.span_id, is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED)
    )


def _open(endpoint: str) -> Deliver[ReadableSpan]:
    exporter = OTLPSpanExporter(
        endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=TIMEOUT_SECONDS
    )

    def deliver(spans: list[ReadableSpan]) -> None:
        if exporter.export(spans) is not SpanExportResult.SUCCESS:
            raise ConnectionError("the collector does not take the spans")

    return deliver
