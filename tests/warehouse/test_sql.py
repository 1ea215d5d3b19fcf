"""`desk sql`: reads the lake, and nothing else."""

import io

import msgspec
import pytest

from desk.words.errors import Invalid
from warehouse.lake import Lake, Result
from warehouse.sql import print_json, print_table, query


def test_schemas_need_no_prefix_and_numbers_stay_numbers(shared_lake: Lake) -> None:
    result = query(shared_lake, "select count(*) as n, 1.5::decimal(18, 6) as s from facts.message")
    out = io.StringIO()
    print_json(result, out)
    assert msgspec.json.decode(out.getvalue()) == [{"n": 0, "s": 1.5}]


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("delete from facts.message", "only read"),
        ("copy (select 1) to '/tmp/out.csv'", "only read"),
        ("call ducklake_expire_snapshots('lake')", "only read"),
        ("select 1; select 2", "one statement"),
        ("selec 1", "syntax error"),
        ("select * from facts.nothing", "does not exist"),
    ],
)
def test_what_does_not_read_is_refused_with_a_sentence(
    shared_lake: Lake, statement: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence):
        query(shared_lake, statement)


def test_a_table_shows_no_value_as_a_dash() -> None:
    out = io.StringIO()
    print_table(Result([("day", "DATE"), ("n", "BIGINT")], [("2026-11-23", None)]), out)
    assert "—" in out.getvalue()
    assert "1 rows" in out.getvalue()
