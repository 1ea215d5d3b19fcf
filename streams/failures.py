"""What an error means for a stream: wait and try again, put the data aside, or leave."""

from enum import StrEnum

import msgspec
import psycopg
import redis
import sqlalchemy.exc
from aiokafka.errors import KafkaError

from desk.words.errors import Category, DeskError


class Verdict(StrEnum):
    """The three things a stream can do about an error."""

    PASSES = "passes"
    """A service is away or busy: the same will work later."""
    DATA = "data"
    """This piece of data will never work."""
    BUG = "bug"
    """Nobody foresaw this: stop before anything is acknowledged."""


_PASSES = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    sqlalchemy.exc.OperationalError,
    sqlalchemy.exc.InterfaceError,
    sqlalchemy.exc.TimeoutError,
    sqlalchemy.exc.PendingRollbackError,
    redis.ConnectionError,
    redis.TimeoutError,
    KafkaError,
    OSError,
)
_DATA = (
    psycopg.DataError,
    psycopg.IntegrityError,
    sqlalchemy.exc.DataError,
    sqlalchemy.exc.IntegrityError,
    msgspec.MsgspecError,
    ValueError,
    TypeError,
    KeyError,
)
_LIMIT_EXCEEDED = "54"
"""The class of SQLSTATEs for values that are too large or too complex, now and for ever."""


def judge(error: BaseException) -> Verdict:
    """What to do about an error that left a handler."""
    if isinstance(error, DeskError):
        return Verdict.PASSES if error.category is Category.TRANSIENT else Verdict.DATA
    postgres = _postgres_error(error)
    if postgres is not None and (postgres.sqlstate or "").startswith(_LIMIT_EXCEEDED):
        return Verdict.DATA
    if isinstance(error, _PASSES):
        return Verdict.PASSES
    if isinstance(error, _DATA):
        return Verdict.DATA
    return Verdict.BUG


def reason_of(error: BaseException) -> str:
    """A sentence for people; never the detail in which Postgres quotes the row."""
    postgres = _postgres_error(error)
    if postgres is not None:
        return f"{type(postgres).__name__}: {postgres.diag.message_primary or 'no message'}"
    if isinstance(error, DeskError):
        return f"{error.code}: {error.sentence}"
    return f"{type(error).__name__}: {error}"


def _postgres_error(error: BaseException) -> psycopg.Error | None:
    original = error.orig if isinstance(error, sqlalchemy.exc.DBAPIError) else error
    return original if isinstance(original, psycopg.Error) else None
