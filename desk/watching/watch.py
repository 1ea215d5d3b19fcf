"""The process's watch: takes log lines, figures and finished work, and lets the receivers know."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from desk.settings import Watching
from desk.version import VERSION
from desk.watching.alarms import ALARMS
from desk.watching.allowed import facts_of, title, word
from desk.watching.courier import Courier, Deliver
from desk.watching.incident import Incident, raised_by
from desk.watching.origin import Origin
from desk.watching.receivers.slack import open_slack
from desk.watching.receivers.statsd import Figure, open_statsd
from desk.watching.throttle import Rate

if TYPE_CHECKING:
    from desk.watching.receivers.otlp import Traces

GATHER_FIGURES_SECONDS = 1.0
_NOT_FORWARDED = ("opentelemetry", "sentry_sdk", "urllib3", "requests", "httpx", "httpcore")
"""The receivers' own libraries: their trouble must not become theirs to tell."""


class Watch:
    """Knows which receivers are wanted; every method returns at once and never raises."""

    def __init__(self, process: str, wanted: Watching) -> None:
        self.process = process
        self._sentry: Courier[Incident] | None = None
        self._slack: Courier[Incident] | None = None
        self._statsd: Courier[Figure] | None = None
        self.traces: Traces | None = None
        self._rate = Rate()
        self._broken = 0
        where = wanted.environment
        if wanted.sentry_dsn:
            self._sentry = Courier("sentry", lambda: _open_sentry(wanted, self._lost_by_sentry))
        if wanted.slack_url:
            self._slack = Courier("slack", lambda: open_slack(wanted.slack_url, where), room=200)
        if wanted.statsd_url:
            self._statsd = Courier(
                "statsd", lambda: open_statsd(wanted.statsd_url), gather=GATHER_FIGURES_SECONDS
            )
        if wanted.otlp_endpoint:
            self.traces = _open_traces(process, wanted.otlp_endpoint, where)

    def tell(
        self,
        what: str,
        level: str,
        line: Mapping[str, Any],
        error: BaseException | None = None,
    ) -> None:
        """A log line: errors go to Sentry, alarms to Sentry and Slack, both are counted."""
        try:
            self._tell(what, level, line, error)
        except Exception:  # noqa: BLE001 - a log line must never fail, whatever it carries
            self._broken += 1

    def _tell(
        self, what: str, level: str, line: Mapping[str, Any], error: BaseException | None
    ) -> None:
        alarm = ALARMS.get(what)
        is_error = level in ("error", "critical")
        if alarm is None and not is_error:
            return
        facts = facts_of(line)
        if alarm is not None and not self._rate.exceeds(
            f"{what}|{facts.get('account')}", alarm.over, alarm.within
        ):
            alarm = None
        self.count(f"incidents.{word(what).replace(' ', '_')}", account=_account(facts))
        if self._sentry is None and self._slack is None:
            return
        incident = Incident(
            word(what), level, self.process, datetime.now(UTC), facts, raised_by(error)
        )
        if self._sentry is not None and (is_error or alarm is not None):
            self._sentry.put(incident)
        if self._slack is not None and alarm is not None:
            self._slack.put(incident)

    def count(self, name: str, amount: float = 1, *, account: int | None = None) -> None:
        """So many of something; under the account's name, too, where there is one."""
        if self._statsd is not None:
            self._statsd.put(Figure(f"{self.process}.{name}", amount))
            if account is not None:
                self._statsd.put(Figure(f"account.{int(account)}.{name}", amount))

    def timing(self, name: str, seconds: float, *, account: int | None = None) -> None:
        """Something took so long."""
        if self._statsd is not None:
            self._statsd.put(Figure(f"{self.process}.{name}", seconds * 1000, is_time=True))
            if account is not None:
                figure = Figure(f"account.{int(account)}.{name}", seconds * 1000, is_time=True)
                self._statsd.put(figure)

    def span(
        self,
        name: str,
        began: int,
        ended: int,
        *,
        kind: str,
        origin: Origin | None,
        facts: Mapping[str, Any],
        first: bool = False,
        links: Sequence[Origin] = (),
        failed: BaseException | None = None,
    ) -> None:
        """A piece of work that has ended, times in nanoseconds since 1970."""
        if self.traces is not None:
            self.traces.span(
                title(name),
                began,
                ended,
                kind=kind,
                origin=origin,
                first=first,
                links=links,
                facts=facts_of(facts),
                failed=None if failed is None else raised_by(failed)[0].type,
            )

    def untold(self) -> dict[str, int]:
        """How much each receiver has not been told, since the last time this was asked."""
        amounts: dict[str, int] = {}
        for courier in self._couriers():
            amount, courier.untold = courier.untold, 0
            if amount:
                amounts[courier.name] = amount
        broken, self._broken = self._broken, 0
        if broken:
            amounts["anybody"] = broken
        return amounts

    def flush(self, seconds: float) -> None:
        """Give the receivers this long to take what waits; before a process leaves."""
        until = time.monotonic() + seconds
        for courier in self._couriers():
            courier.flush(max(0.0, until - time.monotonic()))

    def _lost_by_sentry(self) -> None:
        if self._sentry is not None:
            self._sentry.untold += 1

    def _couriers(self) -> list[Courier[Any]]:
        traces = None if self.traces is None else self.traces.courier
        return [each for each in (self._sentry, self._slack, self._statsd, traces) if each]


def _account(facts: Mapping[str, Any]) -> int | None:
    account = facts.get("account")
    return account if isinstance(account, int) else None


# Their libraries cost a fifth of a second and nine megabytes: only processes that use them pay.


def _open_sentry(wanted: Watching, lost: Callable[[], None]) -> Deliver[Incident]:
    from desk.watching.receivers.sentry import open_sentry  # noqa: PLC0415

    return open_sentry(wanted.sentry_dsn, wanted.environment, VERSION, lost)


def _open_traces(process: str, endpoint: str, environment: str) -> "Traces":
    from desk.watching.receivers.otlp import Traces  # noqa: PLC0415

    return Traces(process, endpoint, environment, VERSION)


class FromLibraries(logging.Handler):
    """Forwards that a library has reported an error: who and which exception, not what it says."""

    def __init__(self, watch: Watch) -> None:
        super().__init__(logging.ERROR)
        self._watch = watch

    @override
    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(_NOT_FORWARDED):
            return
        level = "critical" if record.levelno >= logging.CRITICAL else "error"
        error = record.exc_info[1] if record.exc_info else None
        self._watch.tell("library error", level, {"logger": record.name}, error)


_OFF = Watch("off", Watching("", "", "", "", ""))
_current = _OFF


def begin_watching(process: str, wanted: Watching) -> Watch:
    """Make this the process's watch from now on."""
    global _current
    _current = Watch(process, wanted)
    return _current


def end_watching(seconds: float = 2.0) -> None:
    """Tell what is still to be told, and watch no more."""
    global _current
    watch, _current = _current, _OFF
    watch.flush(seconds)


def current_watch() -> Watch:
    """The process's watch; until one has begun, one that tells nobody."""
    return _current
