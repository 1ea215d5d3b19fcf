"""The guard around every batch: neighbours go through, trouble is waited for, bugs get out."""

from collections.abc import Sequence

import psycopg
import pytest
import sqlalchemy.exc

from desk.words.errors import Invalid, Transient
from streams.failures import Verdict, judge, reason_of
from streams.guard import do_all


class Sink:
    """Takes what it is given, all or nothing, and fails as it is told."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.aside: dict[int, str] = {}
        self.poison: set[int] = set()
        self.trouble: list[Exception] = []
        self.attempts = 0

    async def apply(self, items: Sequence[int]) -> None:
        self.attempts += 1
        if self.trouble:
            raise self.trouble.pop(0)
        if bad := self.poison.intersection(items):
            raise psycopg.DataError(f"cannot take {min(bad)}")
        self.taken += items

    async def put_aside(self, item: int, reason: str) -> None:
        self.aside[item] = reason


async def test_one_bad_item_is_put_aside_and_its_neighbours_go_through_in_order() -> None:
    sink = Sink()
    sink.poison = {3, 77}
    await do_all(list(range(200)), sink.apply, sink.put_aside)
    assert sink.taken == [n for n in range(200) if n not in (3, 77)]
    assert set(sink.aside) == {3, 77}


async def test_a_lost_connection_is_waited_for() -> None:
    sink = Sink()
    sink.trouble = [psycopg.OperationalError("gone"), Transient("database_unreachable")]
    await do_all([1, 2], sink.apply, sink.put_aside)
    assert (sink.taken, sink.aside) == ([1, 2], {})


async def test_an_error_nobody_foresaw_leaves_the_guard_before_anything_is_put_aside() -> None:
    sink = Sink()
    sink.trouble = [AttributeError("a bug")]
    with pytest.raises(AttributeError):
        await do_all([1, 2], sink.apply, sink.put_aside)
    assert (sink.taken, sink.aside) == ([], {})


async def test_what_looked_like_bad_data_gets_a_second_chance_alone() -> None:
    sink = Sink()
    sink.trouble = [psycopg.errors.UniqueViolation("two workers met")]
    await do_all([1], sink.apply, sink.put_aside)
    assert (sink.taken, sink.aside) == ([1], {})


async def test_nothing_to_do_is_done() -> None:
    sink = Sink()
    await do_all([], sink.apply, sink.put_aside)
    assert sink.attempts == 0


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (psycopg.OperationalError(), Verdict.PASSES),
        (psycopg.errors.DeadlockDetected(), Verdict.PASSES),
        (psycopg.errors.SerializationFailure(), Verdict.PASSES),
        (psycopg.errors.AdminShutdown(), Verdict.PASSES),
        (sqlalchemy.exc.TimeoutError(), Verdict.PASSES),
        (ConnectionResetError(), Verdict.PASSES),
        (Transient("database_unreachable"), Verdict.PASSES),
        (psycopg.errors.ProgramLimitExceeded(), Verdict.DATA),
        (psycopg.errors.UntranslatableCharacter(), Verdict.DATA),
        (psycopg.errors.ForeignKeyViolation(), Verdict.DATA),
        (Invalid("nonsense"), Verdict.DATA),
        (ValueError(), Verdict.DATA),
        (AttributeError(), Verdict.BUG),
        (psycopg.errors.UndefinedColumn(), Verdict.BUG),
        (MemoryError(), Verdict.BUG),
    ],
)
def test_every_error_is_trouble_data_or_a_bug(error: Exception, verdict: Verdict) -> None:
    assert judge(error) is verdict


async def test_a_reason_never_quotes_the_row(dsn: str) -> None:
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
        await connection.execute("create temp table said (content text check (false))")
        with pytest.raises(psycopg.IntegrityError) as caught:
            await connection.execute("insert into said values ('my secret')")
    assert "my secret" in str(caught.value)
    assert "my secret" not in reason_of(caught.value)
    assert "CheckViolation" in reason_of(caught.value)
