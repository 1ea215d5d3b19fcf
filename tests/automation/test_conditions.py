"""Conditions: AND before OR, case does not matter, of several values any may fit."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.rules.conditions import Condition, Joint, Operator, holds, judge

NAMES = "abcdef"


def slow_reference(held: list[bool], joints: list[Joint]) -> bool:
    """Python's own and/or, which bind as SQL's do."""
    words = [str(held[0])]
    for joint, one in zip(joints, held[1:], strict=True):
        words += [joint.value.lower(), str(one)]
    return bool(eval(" ".join(words)))


@given(
    st.lists(st.booleans(), min_size=1, max_size=6).flatmap(
        lambda held: st.tuples(
            st.just(held),
            st.lists(st.sampled_from(Joint), min_size=len(held) - 1, max_size=len(held) - 1),
        )
    )
)
def test_and_binds_more_closely_than_or(given_: tuple[list[bool], list[Joint]]) -> None:
    held, joints = given_
    conditions = [
        Condition(name, Operator.EQUAL_TO, ("yes",), joint)
        for name, joint in zip(NAMES, [*joints, None], strict=False)
    ]
    known = dict(zip(NAMES, ["yes" if one else "no" for one in held], strict=False))
    judgement = judge(conditions, known)
    assert judgement.met is slow_reference(held, joints)
    assert [finding.held for finding in judgement.findings] == held


def test_all_sixteen_ways_to_join_three_conditions_are_as_in_sql() -> None:
    for held in product([True, False], repeat=3):
        for joints in product(Joint, repeat=2):
            conditions = [
                Condition(name, Operator.IS_PRESENT, (), joint)
                for name, joint in zip(NAMES, [*joints, Joint.OR], strict=False)
            ]
            known = {name: "x" if one else None for name, one in zip(NAMES, held, strict=False)}
            assert judge(conditions, known).met is slow_reference(list(held), list(joints))


def test_no_conditions_at_all_are_always_met() -> None:
    assert judge([], {}).met


words = st.text(min_size=0, max_size=8)


@given(
    st.one_of(st.none(), words, st.integers(), st.booleans(), st.lists(words, max_size=3)),
    st.lists(st.one_of(words.filter(str.strip), st.integers()), min_size=1, max_size=3),
)
def test_a_negation_holds_exactly_when_its_opposite_does_not(
    found: Any, values: list[str | int]
) -> None:
    for positive, negative in (
        (Operator.EQUAL_TO, Operator.NOT_EQUAL_TO),
        (Operator.CONTAINS, Operator.DOES_NOT_CONTAIN),
        (Operator.IS_PRESENT, Operator.IS_NOT_PRESENT),
    ):
        assert holds(positive, found, values) is not holds(negative, found, values)


@pytest.mark.parametrize(
    ("operator", "found", "values", "held"),
    [
        (Operator.CONTAINS, "My SUITCASE is lost", ("suitcase",), True),
        (Operator.CONTAINS, "我的行李还没到", ("bag", "行李"), True),
        (Operator.CONTAINS, None, ("x",), False),
        (Operator.DOES_NOT_CONTAIN, None, ("x",), True),
        (Operator.STARTS_WITH, "+47 22", ("+47",), True),
        (Operator.STARTS_WITH, "0047 22", ("+47",), False),
        (Operator.EQUAL_TO, 7, ("7",), True),
        (Operator.EQUAL_TO, False, (False,), True),
        (Operator.NOT_EQUAL_TO, None, (7,), True),
        (Operator.EQUAL_TO, ["vip", "bags"], ("VIP",), True),
        (Operator.NOT_EQUAL_TO, ["vip", "bags"], ("vip",), False),
        (Operator.IS_PRESENT, [], (), False),
        (Operator.IS_NOT_PRESENT, "  ", (), True),
        (Operator.IS_PRESENT, 0, (), True),
    ],
)
def test_one_comparison_does_what_its_words_say(
    operator: Operator, found: Any, values: tuple[Any, ...], held: bool
) -> None:
    assert holds(operator, found, values) is held
