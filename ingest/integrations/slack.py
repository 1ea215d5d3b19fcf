"""Slack's Web API and its signed events, as far as a thread of a channel needs them."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx
import msgspec

from ingest.channel_contract import Rejected, TryAgain, Unknown

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
TOO_OLD = timedelta(minutes=5)
"""A signed request may be so late; a later one may be somebody's recording."""
OUR_METADATA = "streamdesk_message"
LOOKED_AT = 100

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_LATER = {"ratelimited", "rate_limited", "service_unavailable"}
_PERHAPS = {"internal_error", "fatal_error", "request_timeout"}
REFUSED_FOR_GOOD = {
    *("account_inactive", "invalid_auth", "not_authed", "token_revoked", "token_expired"),
    *("missing_scope", "no_permission", "channel_not_found", "not_in_channel", "is_archived"),
    *("org_login_required", "ekm_access_denied", "restricted_action"),
}
"""Errors that will not pass by themselves: somebody has to change something in Slack."""


class _Answer(msgspec.Struct):
    ok: bool
    error: str | None = None
    ts: str | None = None


class _Metadata(msgspec.Struct):
    event_type: str = ""
    event_payload: dict[str, Any] = {}


class _Message(msgspec.Struct):
    ts: str
    metadata: _Metadata | None = None


class _Messages(msgspec.Struct):
    messages: list[_Message] = []


class _Profile(msgspec.Struct):
    email: str | None = None
    display_name: str | None = None


class _User(msgspec.Struct):
    real_name: str | None = None
    name: str | None = None
    is_stranger: bool = False
    """Of another workspace that shares the channel: their own people say what their address is."""
    is_email_confirmed: bool = True
    deleted: bool = False
    profile: _Profile = msgspec.field(default_factory=_Profile)


class _UserAnswer(msgspec.Struct):
    user: _User


class Colleague(msgspec.Struct, frozen=True):
    """Somebody who wrote in Slack."""

    name: str
    email: str | None
    """Absent where Slack does not vouch for it."""


class Slack:
    """A workspace, by the token of the app in it."""

    def __init__(self, http: httpx.AsyncClient, settings: Mapping[str, Any]) -> None:
        self._http = http
        self._base = str(settings["api_base_url"]).rstrip("/")
        self._token = str(settings["bot_token"])
        self._channel = str(settings["channel_id"])

    async def post(self, text: str, thread: str | None, mark: Mapping[str, Any]) -> str:
        """Post into the channel, or into one of its threads; the message's own id there."""
        body: dict[str, Any] = {
            "channel": self._channel,
            "text": text,
            "unfurl_links": False,
            "unfurl_media": False,
            "metadata": {"event_type": OUR_METADATA, "event_payload": dict(mark)},
        }
        if thread is not None:
            body["thread_ts"] = thread
        content = await self._call("POST", "chat.postMessage", json=body)
        ts = msgspec.json.decode(content, type=_Answer).ts
        if not ts:
            raise Unknown("Slack's answer names no message")
        return ts

    async def find(
        self, thread: str | None, mark: Mapping[str, Any], since: datetime
    ) -> str | None:
        """The message that bears the mark, if it is there: asked before anything is said twice."""
        asked: dict[str, Any] = {
            "channel": self._channel,
            "oldest": f"{(since - TOO_OLD).timestamp():.6f}",
            "limit": LOOKED_AT,
            "include_all_metadata": "true",
        }
        method = "conversations.history" if thread is None else "conversations.replies"
        if thread is not None:
            asked["ts"] = thread
        content = await self._call("GET", method, params=asked)
        try:
            found = msgspec.json.decode(content, type=_Messages).messages
        except msgspec.MsgspecError as error:
            raise TryAgain("Slack's list of messages cannot be read") from error
        return next((one.ts for one in found if one.metadata and _bears(one.metadata, mark)), None)

    async def colleague(self, user: str) -> Colleague:
        """Who somebody in the workspace is."""
        content = await self._call("GET", "users.info", params={"user": user})
        try:
            found = msgspec.json.decode(content, type=_UserAnswer).user
        except msgspec.MsgspecError as error:
            raise TryAgain("Slack's answer about a person cannot be read") from error
        name = found.profile.display_name or found.real_name or found.name or user
        vouched = found.is_email_confirmed and not (found.is_stranger or found.deleted)
        return Colleague(name[:255], found.profile.email if vouched else None)

    async def _call(self, verb: str, method: str, **request: Any) -> bytes:
        headers = {"Authorization": f"Bearer {self._token}"}
        try:
            answer = await self._http.request(
                verb, f"{self._base}/{method}", headers=headers, timeout=TIMEOUT, **request
            )
        except _NEVER_LEFT as error:
            raise TryAgain(f"Slack was not reached: {type(error).__name__}") from error
        except httpx.InvalidURL as error:
            raise Rejected("the address of Slack's API is none") from error
        except httpx.HTTPError as error:
            raise Unknown(f"Slack gave no answer: {type(error).__name__}") from error
        if answer.status_code == 429:
            raise TryAgain("Slack asks for patience", _retry_after(answer))
        if answer.status_code >= 500:
            raise Unknown(f"Slack answered {answer.status_code}")
        try:
            said = msgspec.json.decode(answer.content, type=_Answer)
        except msgspec.MsgspecError as error:
            raise Rejected(f"what answered {answer.status_code} is not Slack") from error
        if not said.ok:
            _refuse(said.error or "unknown_error", answer)
        return answer.content


def is_genuine(secret: str, timestamp: str, signature: str, body: bytes, now: datetime) -> bool:
    """Whether Slack signed the request with this secret, a moment ago (version v0)."""
    if not timestamp.isascii() or not timestamp.isdecimal() or len(timestamp) > 12:
        return False
    if abs(now.timestamp() - int(timestamp)) > TOO_OLD.total_seconds():
        return False
    return hmac.compare_digest(signature.encode(), signature_of(secret, timestamp, body).encode())


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """`v0=` and the digest over version, time and raw body."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.digest(secret.encode(), base, hashlib.sha256).hex()


def _refuse(error: str, answer: httpx.Response) -> None:
    if error in _LATER:
        raise TryAgain(f"Slack says {error}", _retry_after(answer))
    if error in _PERHAPS:
        raise Unknown(f"Slack says {error}")
    raise Rejected(f"Slack says {error}", error)


def _bears(metadata: _Metadata, mark: Mapping[str, Any]) -> bool:
    return metadata.event_type == OUR_METADATA and metadata.event_payload == dict(mark)


def _retry_after(answer: httpx.Response) -> timedelta | None:
    given = answer.headers.get("retry-after", "")
    return timedelta(seconds=int(given)) if given.isdecimal() and len(given) < 5 else None
