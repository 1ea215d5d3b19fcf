"""`/sms/2010-04-01/Accounts/{sid}/Messages.json`: texts are taken, refused and listed."""

import base64
import binascii
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody

from desk.clock import Clock
from ingest.simulators.planned_faults import FaultKind, PlannedFault, PlannedFaults
from ingest.simulators.sent_log import Sent, SentLog, SentPage
from ingest.simulators.sms import problems
from ingest.simulators.sms.problems import TwilioProblem

AnyRequest = Request[Any, Any, Any]

VERSION = "2010-04-01"
LONGEST_BODY = 1600
PLAIN_SEGMENT = 160
WIDE_SEGMENT = 70

_SID = re.compile(r"AC[0-9a-f]{32}")
_NUMBER = re.compile(r"\+[1-9]\d{6,14}")


class Twilio:
    """The texts that were taken."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.log = SentLog(folder / "sms.db")
        self.faults = PlannedFaults()
        self.clock = clock


@post("/2010-04-01/Accounts/{account_sid:str}/Messages.json", status_code=201)
async def create_message(
    request: AnyRequest, twilio: NamedDependency[Twilio], account_sid: FromPath[str]
) -> Response[Any]:
    """Take a text, or say in Twilio's words why not."""
    if (refusal := _signed_in(request, account_sid)) is not None:
        return _refuse(refusal)
    fault = twilio.faults.next()
    if fault is not None and fault.kind is FaultKind.REFUSE:
        return _refuse(problems.OF_STATUS.get(fault.status, problems.SERVER_ERROR), fault.status)
    form = {key: str(value) for key, value in (await request.form()).items()}
    to, sender = form.get("To", ""), form.get("From", "")
    if (problem := _problem_with(form)) is not None:
        return Response(problem.body(to, sender), status_code=problem.status)
    now = twilio.clock.now()
    answer = _message(account_sid, form, now)
    # Twilio knows no idempotency keys for texts: asked twice, it sends twice.
    twilio.log.keep(Sent(now, to, form), None, answer)
    if fault is not None:
        return Response("<html>Bad Gateway</html>", status_code=502, media_type="text/html")
    return Response(answer, status_code=201)


@get("/2010-04-01/Accounts/{account_sid:str}/Messages.json")
async def list_messages(
    request: AnyRequest, twilio: NamedDependency[Twilio], account_sid: FromPath[str]
) -> Response[Any]:
    """The texts of an account to a number, newest first."""
    if (refusal := _signed_in(request, account_sid)) is not None:
        return _refuse(refusal)
    query = request.query_params
    size = min(int(query.get("PageSize", "50")), 1000)
    found = [
        one
        for one in twilio.log.answers_to(query.get("To", ""))
        if one["account_sid"] == account_sid and query.get("From") in (None, one["from"])
    ][:size]
    page = f"/{VERSION}/Accounts/{account_sid}/Messages.json?PageSize={size}&Page=0"
    return Response(
        {
            "first_page_uri": page,
            "end": max(len(found) - 1, 0),
            "previous_page_uri": None,
            "messages": found,
            "uri": page,
            "page_size": size,
            "start": 0,
            "next_page_uri": None,
            "page": 0,
        }
    )


@get("/sent")
async def list_sent(twilio: NamedDependency[Twilio], since: FromQuery[int] = 0) -> SentPage:
    """Everything the desk sent after number `since`, a thousand at a time."""
    return twilio.log.since(since)


@post("/faults", status_code=204)
async def plan_faults(twilio: NamedDependency[Twilio], data: JSONBody[PlannedFault]) -> None:
    """Let the next requests go wrong."""
    twilio.faults.plan(data)


def _signed_in(request: AnyRequest, account_sid: str) -> TwilioProblem | None:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    try:
        name, _, token = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return problems.NOT_SIGNED_IN
    known = scheme.lower() == "basic" and name == account_sid and token not in ("", "wrong")
    if not known or not _SID.fullmatch(account_sid):
        return problems.NOT_SIGNED_IN
    return None


def _problem_with(form: Mapping[str, str]) -> TwilioProblem | None:
    to, sender, body = form.get("To", ""), form.get("From", ""), form.get("Body", "")
    for missing, problem in (
        (to, problems.TO_MISSING),
        (sender, problems.FROM_MISSING),
        (body, problems.BODY_MISSING),
    ):
        if not missing:
            return problem
    if (magic := problems.MAGIC_TO.get(to) or problems.MAGIC_FROM.get(sender)) is not None:
        return magic
    if not _NUMBER.fullmatch(to):
        return problems.TO_INVALID
    if not _NUMBER.fullmatch(sender):
        return problems.FROM_INVALID
    if to == sender:
        return problems.SAME_NUMBER
    return problems.BODY_TOO_LONG if len(body) > LONGEST_BODY else None


def _message(account_sid: str, form: Mapping[str, str], now: datetime) -> dict[str, Any]:
    sid = f"SM{secrets.token_hex(16)}"
    body = form["Body"]
    uri = f"/{VERSION}/Accounts/{account_sid}/Messages/{sid}"
    at = format_datetime(now)
    segment = PLAIN_SEGMENT if body.isascii() else WIDE_SEGMENT
    return {
        "body": body,
        "num_segments": str(-(-len(body) // segment)),
        "direction": "outbound-api",
        "from": form["From"],
        "to": form["To"],
        "date_updated": at,
        "price": None,
        "error_message": None,
        "uri": f"{uri}.json",
        "account_sid": account_sid,
        "num_media": "0",
        "status": "queued",
        "messaging_service_sid": None,
        "sid": sid,
        "date_sent": None,
        "date_created": at,
        "error_code": None,
        "price_unit": "USD",
        "api_version": VERSION,
        "subresource_uris": {"media": f"{uri}/Media.json"},
    }


def _refuse(problem: TwilioProblem, status: int | None = None) -> Response[Any]:
    return Response(problem.body(), status_code=status or problem.status)


def sms_router(twilio: Twilio) -> Router:
    """The routes under `/sms`."""
    return Router(
        "/sms",
        route_handlers=[create_message, list_messages, list_sent, plan_faults],
        dependencies={"twilio": Provide(lambda: twilio, sync_to_thread=False)},
    )
