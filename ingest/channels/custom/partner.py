"""The partner's server as the desk asks it: its address, its key, and whether they go together."""

import httpx
import msgspec

from desk.words.errors import Invalid
from ingest.outgoing import PrivateAddress

MOST_OF_AN_ANSWER = 64 * 1024
MOST_OF_A_REASON = 300


class Promise(msgspec.Struct, frozen=True):
    """What a partner may say of itself when its connection is checked."""

    idempotency_keys: bool = False
    """It takes a message once, however often it comes with the same `Idempotency-Key`."""


class Refusal(msgspec.Struct, frozen=True):
    """An answer that says why not."""

    error: str


def bearer(key: str) -> dict[str, str]:
    """The header that shows the partner who asks."""
    return {"Authorization": f"Bearer {key}"}


def reason_in(answer: httpx.Response) -> str | None:
    """The answer's own words for what went wrong."""
    try:
        said = msgspec.json.decode(answer.content[:MOST_OF_AN_ANSWER], type=Refusal).error
    except (msgspec.MsgspecError, ValueError):
        return None
    return said.replace("\x00", "").strip()[:MOST_OF_A_REASON] or None


async def check_connection(http: httpx.AsyncClient, base: str, key: str) -> Promise:
    """Ask `{base}/validate`; raises Invalid unless it answers yes."""
    try:
        answer = await http.get(f"{base}/validate", headers=bearer(key))
    except PrivateAddress as error:
        raise Invalid("private_address", f"{error.sentence}.", field="webhook_url") from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Invalid(
            "connection_check_failed",
            f"{base}/validate cannot be reached: {type(error).__name__}.",
            field="webhook_url",
        ) from error
    if answer.is_success:
        return _promise_in(answer)
    said = reason_in(answer)
    raise Invalid(
        "connection_check_failed",
        f"{base}/validate answered {answer.status_code}" + (f": {said}" if said else "."),
        field="api_key" if answer.status_code in (401, 403) else "webhook_url",
    )


def _promise_in(answer: httpx.Response) -> Promise:
    try:
        return msgspec.json.decode(answer.content[:MOST_OF_AN_ANSWER], type=Promise)
    except (msgspec.MsgspecError, ValueError):
        return Promise()
