"""Whether what is known about a conversation meets the conditions of a rule, and why.

Conditions stand in a row, each joined to the next by AND or OR. As in SQL, AND binds more
closely: `a OR b AND c` is `a OR (b AND c)`. No conditions at all are always met.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from itertools import pairwise
from typing import Any, TypeVar

import msgspec

Held = TypeVar("Held")


class Operator(StrEnum):
    """How a condition compares what was found with its values."""

    EQUAL_TO = "equal_to"
    NOT_EQUAL_TO = "not_equal_to"
    CONTAINS = "contains"
    DOES_NOT_CONTAIN = "does_not_contain"
    IS_PRESENT = "is_present"
    IS_NOT_PRESENT = "is_not_present"
    STARTS_WITH = "starts_with"
    IS_GREATER_THAN = "is_greater_than"
    IS_LESS_THAN = "is_less_than"
    DAYS_BEFORE = "days_before"
    """Of a day: more than so many days ago."""


NEEDS_NO_VALUES = frozenset({Operator.IS_PRESENT, Operator.IS_NOT_PRESENT})


class Joint(StrEnum):
    """How a condition is joined to the next."""

    AND = "AND"
    OR = "OR"


class Condition(msgspec.Struct, frozen=True):
    """One row of a rule: an attribute, a comparison, values, and what joins it to the next row."""

    attribute_key: str
    filter_operator: Operator
    values: tuple[str | int | bool, ...] = ()
    query_operator: Joint | None = None
    """Of the last row it means nothing."""
    custom_attribute_type: str | None = None
    """`conversation_attribute` or `contact_attribute`, for attributes of the account's own."""

    @property
    def name(self) -> str:
        """By this the value is looked up; an account's own attribute cannot hide one of ours."""
        if self.custom_attribute_type:
            return f"{self.custom_attribute_type}:{self.attribute_key}"
        return self.attribute_key


class Finding(msgspec.Struct, frozen=True):
    """A condition as it was met with: what was found, and whether it held."""

    condition: Condition
    found: Any
    held: bool


class Judgement(msgspec.Struct, frozen=True):
    """Whether the conditions were met, and what each of them found."""

    met: bool
    findings: tuple[Finding, ...]


def judge(
    conditions: Sequence[Condition], known: Mapping[str, Any], today: date | None = None
) -> Judgement:
    """Meet every condition; what is not known counts as absent."""
    findings = tuple(_meet(condition, known.get(condition.name), today) for condition in conditions)
    return Judgement(_joined(findings), findings)


def holds(operator: Operator, found: Any, values: Sequence[Any], today: date | None = None) -> bool:
    """One comparison: of several values any may fit, a negation wants that none does.

    Texts are compared without regard to case. Of a list, such as labels, any member may fit.
    Numbers are greater or less as numbers, everything else as text, which suits days.
    """
    members = [_plain(one) for one in (found if isinstance(found, list | tuple) else [found])]
    members = [one for one in members if one != ""]
    wanted = [_plain(value) for value in values]
    match operator:
        case Operator.EQUAL_TO:
            return any(one in wanted for one in members)
        case Operator.NOT_EQUAL_TO:
            return not any(one in wanted for one in members)
        case Operator.CONTAINS:
            return any(value in one for one in members for value in wanted)
        case Operator.DOES_NOT_CONTAIN:
            return not any(value in one for one in members for value in wanted)
        case Operator.STARTS_WITH:
            return any(one.startswith(value) for one in members for value in wanted)
        case Operator.IS_PRESENT:
            return bool(members)
        case Operator.IS_NOT_PRESENT:
            return not members
        case Operator.IS_GREATER_THAN:
            return any(_is_beyond(one, value) for one in members for value in wanted)
        case Operator.IS_LESS_THAN:
            return any(_is_beyond(value, one) for one in members for value in wanted)
        case Operator.DAYS_BEFORE:
            return any(one[:10] < day for one in members for day in _days_ago(values, today))


def grouped(conditions: Sequence[Condition], held: Sequence[Held]) -> list[list[Held]]:
    """What each condition comes to, in groups: all of one group must hold, any group will do."""
    if not conditions:
        return []
    groups = [[held[0]]]
    for (before, _), one in zip(pairwise(conditions), held[1:], strict=True):
        if before.query_operator is Joint.OR:
            groups.append([])
        groups[-1].append(one)
    return groups


def _meet(condition: Condition, found: Any, today: date | None) -> Finding:
    held = holds(condition.filter_operator, found, condition.values, today)
    return Finding(condition, found, held)


def _joined(findings: Sequence[Finding]) -> bool:
    groups = grouped([one.condition for one in findings], [one.held for one in findings])
    return not groups or any(all(group) for group in groups)


def _is_beyond(one: str, other: str) -> bool:
    with suppress(InvalidOperation):
        return Decimal(one) > Decimal(other)
    return one > other


def _days_ago(values: Sequence[Any], today: date | None) -> list[str]:
    if today is None:
        return []
    return [(today - timedelta(days=int(value))).isoformat() for value in values]


def _plain(value: Any) -> str:
    """Numbers and words as they are compared: 7 is "7", true is "true", nothing is ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value).strip().casefold()
