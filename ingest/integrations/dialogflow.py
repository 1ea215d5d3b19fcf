"""Dialogflow ES: what a bot says to a sentence, asked with a service account's key."""

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx
import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from ingest.channel_contract import Rejected, TryAgain

TIMEOUT = httpx.Timeout(10.0, connect=5.0)
LONGEST_QUESTION = 256
"""Characters that Dialogflow reads."""
MOST_ANSWERS = 10
TOKEN_LASTS = timedelta(minutes=50)
SCOPE = "https://www.googleapis.com/auth/dialogflow"


class Said(msgspec.Struct, frozen=True):
    """The bot's answer."""

    response_id: str
    texts: list[str]
    action: str | None
    """`handoff` or `resolve`."""


class _Text(msgspec.Struct):
    text: list[str] = []


class _Message(msgspec.Struct):
    text: _Text | None = None
    payload: dict[str, Any] | None = None


class _Result(msgspec.Struct, rename="camel"):
    fulfillment_text: str | None = None
    fulfillment_messages: list[_Message] = []


class _Answer(msgspec.Struct, rename="camel"):
    response_id: str = ""
    query_result: _Result = msgspec.field(default_factory=_Result)


class _Token(msgspec.Struct):
    access_token: str


async def access_token(
    http: httpx.AsyncClient, credentials: Mapping[str, Any], now: datetime
) -> str:
    """A token for an hour, for a statement signed with the service account's key."""
    uri = str(credentials["token_uri"])
    answer = await _ask(
        http,
        uri,
        data={
            "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
            "assertion": _assertion(credentials, uri, now),
        },
    )
    try:
        return msgspec.json.decode(answer.content, type=_Token).access_token
    except msgspec.MsgspecError as error:
        raise Rejected("Google's answer holds no token") from error


async def detect_intent(
    http: httpx.AsyncClient, settings: Mapping[str, Any], token: str, session: str, text: str
) -> Said:
    """What the bot says to the text, in the session that remembers what went before."""
    body = {
        "queryInput": {
            "text": {
                "text": text[:LONGEST_QUESTION],
                "languageCode": settings.get("language_code") or "en",
            }
        }
    }
    answer = await _ask(
        http,
        f"{_agent(settings)}/sessions/{session}:detectIntent",
        headers={"Authorization": f"Bearer {token}"},
        json=body,
    )
    try:
        read = msgspec.json.decode(answer.content, type=_Answer)
    except msgspec.MsgspecError as error:
        raise Rejected("Dialogflow's answer cannot be read") from error
    return _said(read)


def _said(answer: _Answer) -> Said:
    messages = answer.query_result.fulfillment_messages
    texts = [text for one in messages if one.text for text in one.text.text if text.strip()]
    if not texts and answer.query_result.fulfillment_text:
        texts = [answer.query_result.fulfillment_text]
    actions = [str(one.payload.get("action")) for one in messages if one.payload]
    known = next((action for action in actions if action in ("handoff", "resolve")), None)
    return Said(answer.response_id, texts[:MOST_ANSWERS], known)


def _agent(settings: Mapping[str, Any]) -> str:
    region, project = str(settings.get("region") or "global"), settings["project_id"]
    host = (
        "dialogflow.googleapis.com" if region == "global" else f"{region}-dialogflow.googleapis.com"
    )
    base = str(settings.get("api_base_url") or f"https://{host}").rstrip("/")
    where = f"projects/{project}" + ("" if region == "global" else f"/locations/{region}")
    return f"{base}/v2/{where}/agent"


async def _ask(http: httpx.AsyncClient, url: str, **request: Any) -> httpx.Response:
    try:
        answer = await http.post(url, timeout=TIMEOUT, **request)
    except httpx.InvalidURL as error:
        raise Rejected(f"{url} is no address") from error
    except httpx.HTTPError as error:
        # Asking twice does no harm: nothing is changed by it.
        raise TryAgain(f"{httpx.URL(url).host} gave no answer: {type(error).__name__}") from error
    if answer.status_code == 429 or answer.status_code >= 500:
        raise TryAgain(f"{httpx.URL(url).host} answered {answer.status_code}")
    if not answer.is_success:
        said = " ".join(answer.text[:200].split())
        raise Rejected(
            f"{httpx.URL(url).host} answered {answer.status_code}: {said}", str(answer.status_code)
        )
    return answer


def _assertion(credentials: Mapping[str, Any], audience: str, now: datetime) -> str:
    try:
        key = serialization.load_pem_private_key(
            str(credentials["private_key"]).encode(), password=None
        )
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Rejected("the service account's key cannot be read", "401") from error
    if not isinstance(key, rsa.RSAPrivateKey):
        raise Rejected("the service account's key is no RSA key", "401")
    issued = int(now.timestamp())
    claims = {
        "iss": credentials["client_email"],
        "scope": SCOPE,
        "aud": audience,
        "iat": issued,
        "exp": issued + 3600,
    }
    head = {"alg": "RS256", "typ": "JWT"}
    unsigned = b".".join(_part(msgspec.json.encode(part)) for part in (head, claims))
    signed = key.sign(unsigned, padding.PKCS1v15(), hashes.SHA256())
    return (unsigned + b"." + _part(signed)).decode()


def _part(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")
