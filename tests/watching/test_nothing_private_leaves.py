"""The promise: no byte of what customers write, of a secret or of an address reaches anybody."""

import logging
from collections.abc import Mapping
from uuid import uuid4

import httpx
import psycopg
import pytest
import sqlalchemy
import structlog
from sqlalchemy.exc import DBAPIError

from desk.watching.watch import Watch
from tests.watching.receivers import Receivers

BODY = f"My suitcase 4711 is still missing {uuid4().hex}"
TOKEN = f"EAAG{uuid4().hex}"
ADDRESS = f"otto.{uuid4().hex}@customer.example"
PHONE = "+4915112345678"
PRIVATE = (BODY, TOKEN, ADDRESS, PHONE)


class Refused(ValueError):
    """An error that says everything it should not."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.code = sentence
        self.sqlstate = sentence


def _fails(body: str, token: str, address: str) -> None:
    message = {"content": body, "headers": {"Authorization": f"Bearer {token}"}, "to": address}
    error = Refused(f"cannot send {message!r}")
    error.add_note(f"while writing to {address}")
    raise error


def _assert_private(receivers: Receivers) -> None:
    everything = receivers.everything
    for private in PRIVATE:
        assert private.encode() not in everything
        for word in private.split():
            if len(word) > 8:
                assert word.encode() not in everything


def test_an_error_whose_every_part_is_private_tells_only_types_and_places(
    watch: Watch, receivers: Receivers
) -> None:
    log = structlog.get_logger()
    structlog.contextvars.bind_contextvars(account=7, contact=ADDRESS, note=BODY)
    try:
        try:
            _fails(BODY, TOKEN, ADDRESS)
        except Refused as error:
            raise RuntimeError(BODY) from error
    except RuntimeError:
        log.exception(
            "job_broke",
            job=12,
            conversation_id=34,
            kind=TOKEN,
            reason=BODY,
            email=ADDRESS,
            route=f"/contacts/{PHONE}",
            url=f"https://x.example/?token={TOKEN}",
            request_id=TOKEN,
            message=BODY,
            account_id=ADDRESS,
        )
    watch.flush(5)
    [event] = receivers.sentry_events
    assert event["tags"] == {
        "process": "jobs", "account": "7", "job": "12", "conversation": "34",
    }  # fmt: skip
    types = [value["type"] for value in event["exception"]["values"]]
    assert types == ["Refused", "RuntimeError"]
    frames = event["exception"]["values"][0]["stacktrace"]["frames"]
    assert frames[-1]["function"] == "_fails"
    assert not any("vars" in frame or "context_line" in frame for frame in frames)
    assert "breadcrumbs" not in event
    assert "request" not in event
    assert "user" not in event
    _assert_private(receivers)


def test_what_postgres_quotes_stays_here(
    watch: Watch, receivers: Receivers, services: Mapping[str, str]
) -> None:
    log = structlog.get_logger()
    url = services["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create temp table people (email text unique, body text)")
        connection.execute("insert into people values (%s, %s)", [ADDRESS, BODY])
        with pytest.raises(psycopg.errors.UniqueViolation) as raised:
            connection.execute("insert into people values (%s, %s)", [ADDRESS, BODY])
    assert ADDRESS in str(raised.value), "Postgres quotes the key: the test would be void"
    log.error("job_broke", account=7, exc_info=raised.value)
    engine = sqlalchemy.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as sql, pytest.raises(DBAPIError) as wrapped:
        sql.execute(
            sqlalchemy.text("select cast(:body as int), :token"), {"body": BODY, "token": TOKEN}
        )
    engine.dispose()
    assert TOKEN in str(wrapped.value), "SQLAlchemy quotes the parameters"
    log.error("reaction_failed", account=7, exc_info=wrapped.value)
    watch.flush(5)
    values = [event["exception"]["values"][-1] for event in receivers.sentry_events]
    assert [value["type"] for value in values] == ["UniqueViolation", "DataError"]
    assert values[0]["value"] == "23505"
    _assert_private(receivers)


def test_what_libraries_say_and_do_stays_here(watch: Watch, receivers: Receivers) -> None:
    logging.getLogger("aiosmtplib").warning("refused for %s", ADDRESS)
    logging.getLogger("httpx").info("POST https://api.example/?token=%s", TOKEN)
    with pytest.raises(httpx.ConnectError):
        httpx.post(
            f"http://127.0.0.1:9/{TOKEN}", json={"text": BODY}, headers={"Authorization": TOKEN}
        )
    try:
        _fails(BODY, TOKEN, ADDRESS)
    except Refused:
        logging.getLogger("asyncio").exception("Task %s failed for %s", TOKEN, ADDRESS)
    watch.flush(5)
    [event] = receivers.sentry_events
    assert event["logentry"]["message"] == "library error"
    assert event["tags"]["logger"] == "asyncio"
    _assert_private(receivers)


def test_alarms_and_figures_hold_words_of_ours_and_numbers(
    watch: Watch, receivers: Receivers
) -> None:
    structlog.get_logger().warning(
        "parked", consumer="receive", account=3, inbound=9, reason=BODY, sender=PHONE, watched=Refused(BODY)
    )  # fmt: skip
    structlog.get_logger().error(BODY, account=3)
    watch.flush(5)
    assert len(receivers.slack_texts) == 1
    _assert_private(receivers)


def test_spans_hold_no_sentence(watch: Watch, receivers: Receivers) -> None:
    watch.span(
        f"GET /contacts/{PHONE}", 1, 2, kind="server", origin=None,
        facts={"route": f"/search?q={BODY}", "account": 3, "email": ADDRESS}, failed=Refused(BODY),
    )  # fmt: skip
    watch.flush(5)
    [span] = receivers.spans
    assert span.name == "GET unnamed"
    assert {each.key for each in span.attributes} == {"streamdesk.account", "error.type"}
    _assert_private(receivers)
