"""What each receiver gets, how often, and that none of them can hold up the desk."""

import json
import socket
import time

import structlog

from desk.settings import Watching
from desk.watching.alarms import ALARMS
from desk.watching.courier import Courier
from desk.watching.throttle import Rate, Throttle
from desk.watching.watch import Watch
from tests.house_rules.sources import PACKAGES, modules, read
from tests.watching.receivers import SLACK_PATH, Receivers, until


def _break(number: int) -> None:
    raise KeyError(number)


def test_an_error_becomes_an_event_with_its_account(watch: Watch, receivers: Receivers) -> None:
    try:
        _break(1)
    except KeyError:
        structlog.get_logger().exception(
            "job_broke", account=3, job=8, conversation_id=5, event_id=2, kind="send_message"
        )
    watch.flush(5)
    [event] = receivers.sentry_events
    assert event["logentry"]["message"] == "job_broke"
    assert event["environment"] == "test"
    assert event["tags"]["account"] == "3"
    assert event["contexts"]["desk"]["conversation"] == 5
    assert event["contexts"]["desk"]["event"] == 2
    [value] = event["exception"]["values"]
    assert value["type"] == "KeyError"
    [path, headers, _] = next(
        request for request in receivers.requests if request[0].endswith("/envelope/")
    )
    assert path == "/api/1/envelope/"
    assert "sentry_key=public" in headers["x-sentry-auth"]


def test_the_same_error_is_an_event_once_a_minute_and_another_at_once(
    watch: Watch, receivers: Receivers
) -> None:
    log = structlog.get_logger()
    for number in range(50):
        try:
            _break(number)
        except KeyError:
            log.exception("job_broke", account=number)
    log.error("no_progress", topic="desk.events")
    watch.flush(5)
    assert [event["logentry"]["message"] for event in receivers.sentry_events] == [
        "job_broke", "no_progress",
    ]  # fmt: skip


def test_an_alarm_is_one_message_an_account(watch: Watch, receivers: Receivers) -> None:
    log = structlog.get_logger()
    for account in (3, 4, 3, 3):
        log.warning("parked", account=account, consumer="receive", inbound=9)
    watch.flush(5)
    assert len(receivers.slack_texts) == 2
    text = receivers.slack_texts[0]
    assert ALARMS["parked"].sentence in text
    assert "account 3" in text
    assert "receive" in text
    assert "jobs, test" in text
    _, headers, body = next(r for r in receivers.requests if r[0] == SLACK_PATH)
    assert headers["content-type"] == "application/json"
    assert list(json.loads(body)) == ["text"]


def test_obligations_given_up_are_an_alarm_only_when_they_are_many(
    watch: Watch, receivers: Receivers
) -> None:
    log = structlog.get_logger()
    for account in range(20):
        log.warning("job_failed", account=account, kind="send_message")
    watch.flush(5)
    assert receivers.slack_texts == []
    for _ in range(11):
        log.warning("job_failed", account=3, kind="send_message")
    watch.flush(5)
    assert len(receivers.slack_texts) == 1


def test_figures_bear_the_process_and_the_account(watch: Watch, receivers: Receivers) -> None:
    watch.count("messages_sent", 2, account=3)
    watch.timing("jobs.send_message", 0.25, account=3)
    structlog.get_logger().error("no_progress", account=3)
    watch.flush(5)
    until(lambda: len(receivers.figures) >= 6)
    assert set(receivers.figures) == {
        "streamdesk.jobs.messages_sent:2|c",
        "streamdesk.account.3.messages_sent:2|c",
        "streamdesk.jobs.jobs.send_message:250.000000|ms",
        "streamdesk.account.3.jobs.send_message:250.000000|ms",
        "streamdesk.jobs.incidents.no_progress:1|c",
        "streamdesk.account.3.incidents.no_progress:1|c",
    }


def test_receivers_that_hang_cost_the_desk_nothing_and_what_is_dropped_is_counted(
    watch: Watch, receivers: Receivers
) -> None:
    receivers.seconds = 3
    log = structlog.get_logger()
    log.error("no_progress", account=1)
    time.sleep(0.2)
    began = time.perf_counter()
    for number in range(6000):
        watch.tell("parked", "warning", {"account": number})
    each = (time.perf_counter() - began) / 6000
    assert each < 0.001
    untold = watch.untold()
    assert untold["slack"] >= 5000
    assert untold["sentry"] >= 3000
    assert watch.untold() == {}
    began = time.perf_counter()
    watch.flush(0.5)
    assert time.perf_counter() - began < 1.5
    receivers.seconds = 0


def test_receivers_that_are_not_there_are_only_counted() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    nobody = f"http://127.0.0.1:{port}"
    watch = Watch(
        "jobs",
        Watching(
            nobody.replace("//", "//key@") + "/1", "udp://127.0.0.1:9", nobody, nobody, "test"
        ),
    )
    watch.tell("parked", "warning", {"account": 1})
    watch.span("work", 1, 2, kind="internal", origin=None, facts={})
    untold: dict[str, int] = {}

    def all_told() -> bool:
        untold.update(watch.untold())
        return set(untold) >= {"slack", "otlp", "sentry"}

    until(all_told, 20)


def test_without_addresses_nobody_is_told_and_no_thread_starts() -> None:
    watch = Watch("jobs", Watching("", "", "", "", "test"))
    watch.tell("parked", "critical", {"account": 1}, ValueError())
    watch.count("x")
    watch.timing("x", 1.0)
    watch.span("work", 1, 2, kind="internal", origin=None, facts={})
    assert watch.untold() == {}


def test_a_throttle_says_how_much_it_kept_back() -> None:
    now = 0.0
    throttle = Throttle(60, an_hour=3, seconds=lambda: now)
    assert [throttle.passes("a"), throttle.passes("a"), throttle.passes("b")] == [0, None, 0]
    now = 61.0
    assert throttle.passes("a") == 1
    now = 200.0
    assert throttle.passes("a") is None, "three have passed in this hour"
    now = 4000.0
    assert throttle.passes("a") == 1


def test_a_rate_is_of_the_last_moments_only() -> None:
    now = 0.0
    rate = Rate(lambda: now)
    assert not any(rate.exceeds("a", 2, 10) for _ in range(2))
    assert rate.exceeds("a", 2, 10)
    now = 11.0
    assert not rate.exceeds("a", 2, 10)


def test_a_courier_whose_receiver_fails_goes_on_with_the_next() -> None:
    got: list[int] = []

    def deliver(numbers: list[int]) -> None:
        if numbers[0] == 1:
            raise RuntimeError
        got.extend(numbers)

    courier = Courier("test", lambda: deliver)
    courier.put(1)
    assert courier.flush(5)
    courier.put(2)
    assert courier.flush(5)
    assert (got, courier.untold) == ([2], 1)


def test_every_alarm_is_a_line_that_some_module_logs() -> None:
    code = "".join(read(path) for path in modules(*PACKAGES) if path.name != "alarms.py")
    assert [name for name in ALARMS if f'"{name}"' not in code] == []
