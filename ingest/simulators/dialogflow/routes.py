"""`/dialogflow/…`: Google's token address and an agent that knows a few sentences."""

import base64
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from uuid import uuid4

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, JSONBody

from desk.clock import Clock
from ingest.simulators.planned_faults import FaultKind, PlannedFault, PlannedFaults
from ingest.simulators.sent_log import Sent, SentLog, SentPage

AnyRequest = Request[Any, Any, Any]
Answer = Response[dict[str, Any]]

TOKEN = "ya29.simulated"  # noqa: S105 - it opens nothing

KNOWS = (
    (
        ("human", "agent", "person", "somebody"),
        "One moment, a colleague will be with you.",
        "handoff",
    ),
    (("thank", "bye", "solved"), "You are welcome. Goodbye.", "resolve"),
    (("hours", "open"), "We are here on weekdays from 9 to 17.", None),
)


class Question(msgspec.Struct):
    """A sentence."""

    text: str
    languageCode: str = "en"


class QueryInput(msgspec.Struct):
    """What is asked."""

    text: Question


class DetectIntent(msgspec.Struct):
    """The request."""

    queryInput: QueryInput


class DialogflowAgent:
    """What it was asked."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.log = SentLog(folder / "dialogflow.db")
        self.faults = PlannedFaults()
        self.clock = clock


@post("/token", status_code=200)
async def issue_token(request: AnyRequest) -> Answer:
    """A token for a statement that names a service account."""
    form = parse_qs((await request.body()).decode("utf-8", "replace"))
    assertion = form.get("assertion", [""])[0].split(".")
    if len(assertion) != 3 or not form.get("grant_type", [""])[0].endswith("jwt-bearer"):
        return Response({"error": "invalid_grant"}, status_code=400)
    claims = base64.urlsafe_b64decode(assertion[1] + "==")
    issuer = msgspec.json.decode(claims, type=dict[str, Any]).get("iss", "")
    if not str(issuer).endswith(".example"):
        return Response({"error": "invalid_grant"}, status_code=400)
    return Response({"access_token": TOKEN, "expires_in": 3599, "token_type": "Bearer"})


@post("/v2/projects/{project:str}/agent/sessions/{session:str}", status_code=200)
async def detect_intent(
    request: AnyRequest,
    dialogflow: NamedDependency[DialogflowAgent],
    project: FromPath[str],
    session: FromPath[str],
) -> Answer:
    """What the agent says to a sentence; to one it does not know, nothing."""
    if request.headers.get("authorization") != f"Bearer {TOKEN}":
        return Response({"error": {"code": 401, "status": "UNAUTHENTICATED"}}, status_code=401)
    fault = dialogflow.faults.next()
    if fault is not None and fault.kind is FaultKind.REFUSE:
        return Response({"error": {"code": fault.status}}, status_code=fault.status)
    name, _, verb = session.partition(":")
    if verb != "detectIntent":
        return Response({"error": {"code": 404, "status": "NOT_FOUND"}}, status_code=404)
    try:
        body = await request.body()
        asked = msgspec.json.decode(body, type=DetectIntent).queryInput.text.text
    except (msgspec.MsgspecError, ValueError) as error:
        said = {"code": 400, "status": "INVALID_ARGUMENT", "message": str(error)}
        return Response({"error": said}, status_code=400)
    sent = Sent(dialogflow.clock.now(), f"{project}/{name}", msgspec.json.decode(body))
    answer = _answer(asked)
    dialogflow.log.keep(sent, None, answer)
    return Response(answer)


@get("/sent")
async def list_sent(
    dialogflow: NamedDependency[DialogflowAgent], since: FromQuery[int] = 0
) -> SentPage:
    """Everything the desk asked after number `since`, a thousand at a time."""
    return dialogflow.log.since(since)


@post("/faults", status_code=204)
async def plan_faults(
    dialogflow: NamedDependency[DialogflowAgent], data: JSONBody[PlannedFault]
) -> None:
    """Let the next questions go wrong."""
    dialogflow.faults.plan(data)


def _answer(asked: str) -> dict[str, Any]:
    words = asked.casefold()
    known = next((one for one in KNOWS if any(word in words for word in one[0])), None)
    messages: list[dict[str, Any]] = []
    result: dict[str, Any] = {
        "queryText": asked,
        "languageCode": "en",
        "allRequiredParamsPresent": True,
    }
    if known is not None:
        _, text, action = known
        result["fulfillmentText"] = text
        messages.append({"text": {"text": [text]}})
        if action is not None:
            messages.append({"payload": {"action": action}})
    result["fulfillmentMessages"] = messages
    return {"responseId": str(uuid4()), "queryResult": result}


def dialogflow_router(dialogflow: DialogflowAgent) -> Router:
    """The routes under `/dialogflow`."""
    return Router(
        "/dialogflow",
        route_handlers=[issue_token, detect_intent, list_sent, plan_faults],
        dependencies={"dialogflow": Provide(lambda: dialogflow, sync_to_thread=False)},
    )
