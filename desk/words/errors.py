"""The closed set of ways in which the desk says no."""

from enum import StrEnum


class Category(StrEnum):
    """What kind of no: HTTP turns it into a status, streams into wait or park, jobs into back-off."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    FORBIDDEN = "forbidden"
    UNAUTHENTICATED = "unauthenticated"
    CONFLICT = "conflict"
    TRANSIENT = "transient"
    UPSTREAM = "upstream"


class DeskError(Exception):
    """The desk refuses: a machine's word for it, a sentence for people, and the particulars."""

    category = Category.INVALID

    def __init__(self, code: str, sentence: str = "", **details: object) -> None:
        super().__init__(sentence or code.replace("_", " "))
        self.code = code
        self.sentence = sentence or code.replace("_", " ").capitalize() + "."
        self.details = details


class Invalid(DeskError):
    """What was asked makes no sense; the details name the field and what was expected."""

    category = Category.INVALID


class NotFound(DeskError):
    """There is no such thing in this account."""

    category = Category.NOT_FOUND


class Forbidden(DeskError):
    """The actor may not do this."""

    category = Category.FORBIDDEN


class Unauthenticated(DeskError):
    """Nobody is signed in, or the token is not known."""

    category = Category.UNAUTHENTICATED


class Conflict(DeskError):
    """Somebody else was faster."""

    category = Category.CONFLICT


class Transient(DeskError):
    """Try again later: a part the desk needs is not there just now."""

    category = Category.TRANSIENT


class Upstream(DeskError):
    """A third party refused or failed; the sentence carries what it said."""

    category = Category.UPSTREAM
