"""`/slack/…`: the Web API for whoever holds a token, and a way to let people answer in a thread."""

import secrets
from pathlib import Path
from typing import Any

import httpx
import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromQuery, JSONBody

from desk.clock import Clock
from ingest.integrations.slack import signature_of
from ingest.simulators.planned_faults import FaultKind, PlannedFault, PlannedFaults
from ingest.simulators.sent_log import Sent, SentLog, SentPage

AnyRequest = Request[Any, Any, Any]
Answer = Response[dict[str, Any]]

TEAM = "T0SIMULATED"


class NewMessage(msgspec.Struct):
    """What a program posts."""

    channel: str
    text: str = ""
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None


class Say(msgspec.Struct):
    """Let somebody write in a thread: the event goes to `url`, signed as Slack signs."""

    url: str
    signing_secret: str
    channel: str
    thread_ts: str
    text: str
    user: str = "U0SIMULATED"
    ts: str | None = None


class NewUser(msgspec.Struct):
    """Somebody in the workspace."""

    id: str
    name: str
    email: str | None = None
    is_stranger: bool = False
    """From another workspace that shares the channel."""
    is_email_confirmed: bool = True


class Workspace:
    """What was posted, and who is there."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.log = SentLog(folder / "slack.db")
        self.faults = PlannedFaults()
        self.clock = clock
        self.http = httpx.AsyncClient(timeout=10)
        self.people: dict[str, NewUser] = {}

    def next_ts(self) -> str:
        """The time, and what sets one message apart from all others of its second."""
        return f"{self.clock.now().timestamp():.0f}.{self.log.count() + 1:06d}"

    def posted(self, channel: str, thread: str | None) -> list[dict[str, Any]]:
        """The channel's own messages, or those of a thread."""
        found = self.log.answers_to(channel)
        if thread is None:
            return [one["message"] for one in found if "thread_ts" not in one["message"]]
        return [
            one["message"]
            for one in found
            if thread in (one["message"].get("thread_ts"), one["message"]["ts"])
        ]


@post("/api/chat.postMessage", status_code=200)
async def post_message(request: AnyRequest, slack: NamedDependency[Workspace]) -> Answer:
    """Post a message."""
    if (refused := _refused(request)) is not None:
        return refused
    fault = slack.faults.next()
    if fault is not None and fault.kind is FaultKind.REFUSE:
        return _fault(fault)
    try:
        wanted = msgspec.json.decode(await request.body(), type=NewMessage)
    except (msgspec.MsgspecError, ValueError):
        return Response({"ok": False, "error": "invalid_arguments"})
    if not wanted.text:
        return Response({"ok": False, "error": "no_text"})
    if wanted.channel.startswith("C0NOTTHERE"):
        return Response({"ok": False, "error": "channel_not_found"})
    ts = slack.next_ts()
    message: dict[str, Any] = {"type": "message", "text": wanted.text, "ts": ts, "bot_id": "B0DESK"}
    if wanted.thread_ts is not None:
        message["thread_ts"] = wanted.thread_ts
    if wanted.metadata is not None:
        message["metadata"] = wanted.metadata
    answer = {"ok": True, "channel": wanted.channel, "ts": ts, "message": message}
    request_body = msgspec.to_builtins(wanted) | {"ts": ts}
    slack.log.keep(Sent(slack.clock.now(), wanted.channel, request_body), ts, answer)
    if fault is not None:
        return Response({"ok": False, "error": "internal_error"}, status_code=502)
    return Response(answer)


@get("/api/conversations.history")
async def history(
    request: AnyRequest, slack: NamedDependency[Workspace], channel: FromQuery[str]
) -> Answer:
    """What stands in a channel, newest first."""
    refused = _refused(request)
    return refused or Response({"ok": True, "messages": slack.posted(channel, None)})


@get("/api/conversations.replies")
async def replies(
    request: AnyRequest,
    slack: NamedDependency[Workspace],
    channel: FromQuery[str],
    ts: FromQuery[str],
) -> Answer:
    """What stands in a thread."""
    refused = _refused(request)
    return refused or Response({"ok": True, "messages": slack.posted(channel, ts)})


@get("/api/users.info")
async def user_info(
    request: AnyRequest, slack: NamedDependency[Workspace], user: FromQuery[str]
) -> Answer:
    """Who somebody is."""
    if (refused := _refused(request)) is not None:
        return refused
    known = slack.people.get(user)
    if known is None:
        return Response({"ok": False, "error": "user_not_found"})
    profile = {"email": known.email, "display_name": known.name}
    person = {
        "id": user,
        "name": known.name,
        "is_stranger": known.is_stranger,
        "is_email_confirmed": known.is_email_confirmed,
        "profile": profile,
    }
    return Response({"ok": True, "user": person})


@post("/people", status_code=204)
async def enter(slack: NamedDependency[Workspace], data: JSONBody[NewUser]) -> None:
    """Let somebody into the workspace."""
    slack.people[data.id] = data


@post("/say", status_code=200)
async def say(slack: NamedDependency[Workspace], data: JSONBody[Say]) -> dict[str, Any]:
    """Let somebody write in a thread; what the desk answers to the event."""
    event = {
        "type": "message",
        "channel": data.channel,
        "user": data.user,
        "text": data.text,
        "ts": data.ts or f"{slack.clock.now().timestamp():.0f}.{secrets.randbelow(10**6):06d}",
        "thread_ts": data.thread_ts,
    }
    body = msgspec.json.encode(
        {
            "type": "event_callback",
            "team_id": TEAM,
            "event_id": f"Ev{secrets.token_hex(6)}",
            "event": event,
        }
    )
    at = f"{slack.clock.now().timestamp():.0f}"
    answer = await slack.http.post(
        data.url,
        content=body,
        headers={
            "content-type": "application/json",
            "x-slack-request-timestamp": at,
            "x-slack-signature": signature_of(data.signing_secret, at, body),
        },
    )
    return {"status": answer.status_code, "ts": event["ts"]}


@get("/sent")
async def list_sent(slack: NamedDependency[Workspace], since: FromQuery[int] = 0) -> SentPage:
    """Everything the desk posted after number `since`, a thousand at a time."""
    return slack.log.since(since)


@post("/faults", status_code=204)
async def plan_faults(slack: NamedDependency[Workspace], data: JSONBody[PlannedFault]) -> None:
    """Let the next posts go wrong."""
    slack.faults.plan(data)


def _refused(request: AnyRequest) -> Answer | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.startswith("xoxb-"):
        return Response({"ok": False, "error": "not_authed"})
    return Response({"ok": False, "error": "invalid_auth"}) if "wrong" in token else None


def _fault(fault: PlannedFault) -> Answer:
    headers = {"Retry-After": "1"} if fault.status == 429 else {}
    said = {"ok": False, "error": "ratelimited" if fault.status == 429 else "service_unavailable"}
    return Response(said, status_code=fault.status, headers=headers)


def slack_router(slack: Workspace) -> Router:
    """The routes under `/slack`."""
    return Router(
        "/slack",
        route_handlers=[
            post_message,
            history,
            replies,
            user_info,
            enter,
            say,
            list_sent,
            plan_faults,
        ],
        dependencies={"slack": Provide(lambda: slack, sync_to_thread=False)},
    )
