"""What the Graph API's answers mean: an id, a final no, or try again."""

from datetime import timedelta

import httpx
import msgspec

from ingest.channel_contract import Rejected, TryAgain, Unknown

TRY_AGAIN: dict[int, timedelta | None] = {
    1: None,
    2: None,
    4: timedelta(minutes=1),
    80007: timedelta(minutes=1),
    130429: timedelta(seconds=10),
    131000: None,
    131016: None,
    131048: timedelta(minutes=5),
    131056: timedelta(seconds=6),
    131057: timedelta(minutes=1),
    133004: None,
}
"""Error codes after which the same request may succeed, with how long to wait at least."""


class Id(msgspec.Struct):
    id: str


class Accepted(msgspec.Struct):
    """The answer to a message that was taken."""

    messages: list[Id]


class ErrorData(msgspec.Struct):
    details: str | None = None


class GraphError(msgspec.Struct):
    code: int
    message: str = ""
    error_data: ErrorData | None = None

    def sentence(self) -> str:
        """`code: title`, as the status hooks have it, with the details where there are any."""
        title = self.message.removeprefix(f"(#{self.code}) ").strip() or "no title"
        details = self.error_data.details if self.error_data else None
        return f"{self.code}: {title}" + (f" ({details})" if details and details != title else "")


class Refusal(msgspec.Struct):
    error: GraphError


def accepted_id(answer: httpx.Response) -> str:
    """The id of the message that was taken; raises Rejected, TryAgain or Unknown."""
    if answer.is_success:
        try:
            return msgspec.json.decode(answer.content, type=Accepted).messages[0].id
        except (msgspec.MsgspecError, ValueError, IndexError) as error:
            raise Unknown("WhatsApp took the message and answered without its id") from error
    raise failure(answer)


def media_id(answer: httpx.Response) -> str:
    """The id of an uploaded file."""
    if answer.is_success:
        try:
            return msgspec.json.decode(answer.content, type=Id).id
        except (msgspec.MsgspecError, ValueError) as error:
            raise TryAgain("WhatsApp took the file and answered without its id") from error
    problem = failure(answer)
    raise TryAgain(problem.reason) if isinstance(problem, Unknown) else problem


def failure(answer: httpx.Response) -> Rejected | TryAgain | Unknown:
    """The outcome that an answer other than success stands for."""
    after = _retry_after(answer)
    try:
        error = msgspec.json.decode(answer.content, type=Refusal).error
    except (msgspec.MsgspecError, ValueError):
        if answer.status_code in (429, 503):
            return TryAgain(f"WhatsApp answered {answer.status_code}", after)
        if answer.is_server_error:
            # A gateway speaks, not the Graph API: what stands behind it may have taken the message.
            return Unknown(f"WhatsApp answered {answer.status_code} without saying more")
        return Rejected(f"WhatsApp answered {answer.status_code}", str(answer.status_code))
    if error.code in TRY_AGAIN or answer.is_server_error or answer.status_code == 429:
        return TryAgain(error.sentence(), after or TRY_AGAIN.get(error.code))
    return Rejected(error.sentence(), str(error.code))


def _retry_after(answer: httpx.Response) -> timedelta | None:
    seconds = answer.headers.get("Retry-After", "")
    return timedelta(seconds=min(int(seconds), 86_400)) if seconds.isdigit() else None
