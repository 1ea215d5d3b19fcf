"""The Graph API's refusals, in its own words and bodies."""

import secrets
from collections.abc import Mapping
from typing import Any

import msgspec


class GraphProblem(msgspec.Struct, frozen=True):
    """One error code with the HTTP status and the title Meta gives it."""

    code: int
    title: str
    details: str = ""
    status: int = 400
    type: str = "OAuthException"
    subcode: int | None = None
    numbered: bool = True
    """Does the message begin with the code? Most do."""

    def with_details(self, details: str) -> "GraphProblem":
        return msgspec.structs.replace(self, details=details)

    def body(self) -> dict[str, Any]:
        """The answer's JSON."""
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {self.title}" if self.numbered else self.title,
            "type": self.type,
            "code": self.code,
        }
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        error["fbtrace_id"] = "A" + secrets.token_urlsafe(16)
        return {"error": error}


class GraphRefusal(Exception):
    """The request is answered with a problem."""

    def __init__(self, problem: GraphProblem) -> None:
        super().__init__(problem.title)
        self.problem = problem


NO_TOKEN = GraphProblem(
    190, "An access token is required to request this resource.", status=401, numbered=False
)
BAD_TOKEN = GraphProblem(
    190, "Invalid OAuth access token - Cannot parse access token", status=401, numbered=False
)
INVALID_PARAMETER = GraphProblem(100, "Invalid parameter")
WINDOW_CLOSED = GraphProblem(
    131047,
    "Re-engagement message",
    "Message failed to send because more than 24 hours have passed "
    "since the customer last replied to this number.",
)
UNDELIVERABLE = GraphProblem(131026, "Message undeliverable", "Message Undeliverable.")

PROBLEMS: Mapping[int, GraphProblem] = {
    problem.code: problem
    for problem in (
        GraphProblem(
            2,
            "An unexpected error has occurred. Please retry your request later.",
            status=500,
            numbered=False,
        ),
        GraphProblem(4, "Application request limit reached", status=400),
        GraphProblem(80007, "Rate limit issues", "The account has reached its rate limit."),
        GraphProblem(
            130429,
            "Rate limit hit",
            "Message failed to send because there were too many messages sent "
            "from this phone number in a short period of time",
            status=429,
        ),
        GraphProblem(131000, "Something went wrong", "An unknown error occurred.", status=500),
        GraphProblem(
            131048,
            "Spam rate limit hit",
            "Message failed to send because there are restrictions on how many messages "
            "can be sent from this phone number.",
        ),
        GraphProblem(
            131056,
            "(Business Account, Consumer Account) pair rate limit hit",
            "Too many messages sent from this phone number to the same number in a short period.",
        ),
        BAD_TOKEN,
        INVALID_PARAMETER,
        WINDOW_CLOSED,
        UNDELIVERABLE,
    )
}


def no_such_object(object_id: str) -> GraphProblem:
    """An id that does not exist, or that the token may not see: Meta does not tell which."""
    title = (
        f"Unsupported post request. Object with ID '{object_id}' does not exist, cannot be loaded "
        "due to missing permissions, or does not support this operation. Please read the Graph "
        "API documentation at https://developers.facebook.com/docs/graph-api"
    )
    return GraphProblem(100, title, type="GraphMethodException", subcode=33, numbered=False)
