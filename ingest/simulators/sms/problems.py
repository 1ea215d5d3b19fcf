"""Twilio's refusals, with its codes, statuses and words."""

from collections.abc import Mapping
from typing import Any

import msgspec


class TwilioProblem(msgspec.Struct, frozen=True):
    """One error code with its HTTP status and its message; `{to}` and `{from}` are filled in."""

    code: int
    message: str
    status: int = 400

    def body(self, to: str = "", sender: str = "") -> dict[str, Any]:
        """The answer's JSON."""
        return {
            "code": self.code,
            "message": self.message.replace("{to}", to).replace("{from}", sender),
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.status,
        }


NOT_SIGNED_IN = TwilioProblem(20003, "Authenticate", 401)
NOT_FOUND = TwilioProblem(20404, "The requested resource was not found", 404)
TOO_MANY = TwilioProblem(20429, "Too Many Requests", 429)
SERVER_ERROR = TwilioProblem(20500, "An internal server error has occurred", 500)
UNAVAILABLE = TwilioProblem(20503, "Service unavailable", 503)
BODY_MISSING = TwilioProblem(21602, "Message body is required.")
FROM_MISSING = TwilioProblem(21603, "A 'From' phone number is required.")
TO_MISSING = TwilioProblem(21604, "A 'To' phone number is required.")
BODY_TOO_LONG = TwilioProblem(
    21617, "The concatenated message body exceeds the 1600 character limit."
)
TO_INVALID = TwilioProblem(21211, "The 'To' number {to} is not a valid phone number.")
FROM_INVALID = TwilioProblem(21212, "The 'From' number {from} is not a valid phone number.")
SAME_NUMBER = TwilioProblem(21266, "'To' and 'From' number cannot be the same: {to}")

OF_STATUS: Mapping[int, TwilioProblem] = {
    problem.status: problem for problem in (NOT_SIGNED_IN, TOO_MANY, SERVER_ERROR, UNAVAILABLE)
}

MAGIC_TO: Mapping[str, TwilioProblem] = {
    "+15005550001": TO_INVALID,
    "+15005550002": TwilioProblem(
        21612, "The message From/To pair violates a blacklist rule or is not routable: {to}"
    ),
    "+15005550003": TwilioProblem(
        21408, "Permission to send an SMS has not been enabled for the region indicated by {to}"
    ),
    "+15005550004": TwilioProblem(21610, "Attempt to send to unsubscribed recipient"),
    "+15005550009": TwilioProblem(21614, "'To' number is not a valid mobile number: {to}"),
}
"""Numbers that Twilio's test credentials refuse, each in its own way."""

MAGIC_FROM: Mapping[str, TwilioProblem] = {
    "+15005550001": FROM_INVALID,
    "+15005550007": TwilioProblem(
        21606, "The 'From' phone number {from} is not a valid, message-capable Twilio phone number"
    ),
    "+15005550008": TwilioProblem(21611, "This 'From' number has exceeded the queue limit: {from}"),
}
