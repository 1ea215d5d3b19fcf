"""Logs are for machines and for everybody: no bodies, no secrets, no floods."""

import json
import logging
import subprocess
import sys

from desk.logs import Sparingly

_SPEAK = """
import logging, structlog
from desk.logs import configure_logs
configure_logs("worker", "info")
log = structlog.get_logger()
log.info("received", account=7, content="my secret", token="t0ken", inbound=3)
log.debug("not said")
logging.getLogger("aiokafka").error("lost %s", "it")
logging.getLogger("aiokafka").info("not said")
try:
    secret = "my secret"
    raise ValueError("first line\\nDETAIL: Failing row contains (my secret)")
except ValueError:
    log.exception("broke")
"""


def test_a_line_is_json_and_leaves_private_values_out() -> None:
    said = subprocess.run(
        [sys.executable, "-c", _SPEAK], capture_output=True, text=True, check=True
    ).stdout
    assert "my secret" not in said
    assert "t0ken" not in said
    lines = [json.loads(line) for line in said.splitlines()]
    assert [line["event"] for line in lines] == ["received", "lost it", "broke"]
    assert lines[0]["account"] == 7
    assert all(line["process"] == "worker" for line in lines[:1])
    assert lines[2]["exception"][0]["exc_value"] == "first line"


def test_a_library_says_the_same_thing_once_in_ten_seconds() -> None:
    sparingly = Sparingly()
    said = []
    for second in (0, 1, 9, 10, 11):
        record = logging.LogRecord("aiokafka", logging.ERROR, "", 0, "again", (), None)
        record.created = 1000.0 + second
        if sparingly.filter(record):
            said.append(second)
    assert said == [0, 10]
