"""Conditions as somebody wrote them down in JSON: understood, or refused by the field's name."""

from collections.abc import Callable, Collection
from typing import Any

import msgspec

from desk.rules.conditions import NEEDS_NO_VALUES, Condition, Joint, Operator
from desk.words.errors import Invalid

MOST_CONDITIONS = 50
MOST_VALUES = 100
LONGEST_TEXT = 1000

EQUALITY = frozenset({Operator.EQUAL_TO, Operator.NOT_EQUAL_TO})
PRESENCE = EQUALITY | {Operator.IS_PRESENT, Operator.IS_NOT_PRESENT}
WORDS = PRESENCE | {Operator.CONTAINS, Operator.DOES_NOT_CONTAIN, Operator.STARTS_WITH}
ORDER = frozenset({Operator.IS_GREATER_THAN, Operator.IS_LESS_THAN})

Value = str | int | bool
Understand = Callable[[Any], Value | None]
"""A value as it is kept, or nothing if it is none of the attribute's."""

CUSTOM_TYPES = ("conversation_attribute", "contact_attribute")
"""Where an account's own attributes stand."""


class Askable(msgspec.Struct, frozen=True):
    """Something a condition can ask about."""

    operators: Collection[Operator]
    understand: Understand
    expected: str
    """What a value must be, for the one who got it wrong."""
    custom_type: str | None = None
    """One of CUSTOM_TYPES, for an account's own."""


Find = Callable[[str, str | None], Askable | None]
"""What an attribute's key, and its custom_attribute_type, stand for here."""


def read_conditions(
    given: Any, find: Find, *, known: Collection[str], field: str
) -> list[Condition]:
    """The conditions in their order; raises Invalid naming the field that makes no sense."""
    if not isinstance(given, list):
        raise Invalid("conditions_malformed", f"{field} is a list of conditions.", field=field)
    if len(given) > MOST_CONDITIONS:
        raise Invalid(
            "too_many_conditions", f"At most {MOST_CONDITIONS} conditions at once.", field=field
        )
    last = len(given) - 1
    conditions = [_condition(one, find, known, f"{field}[{n}]") for n, one in enumerate(given)]
    for n, condition in enumerate(conditions[:last]):
        if condition.query_operator is None:
            raise Invalid(
                "conditions_not_joined",
                "query_operator says how a condition is joined to the next: AND or OR.",
                field=f"{field}[{n}].query_operator",
            )
    if conditions:
        conditions[last] = msgspec.structs.replace(conditions[last], query_operator=None)
    return conditions


def any_text(value: Any) -> str | None:
    """A text, or a number as text; nothing for what is empty, too long or cannot be stored."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value)
    return text if text.strip() and "\x00" not in text and len(text) <= LONGEST_TEXT else None


def flag(value: Any) -> bool | None:
    """True or false, also as a word."""
    if isinstance(value, bool):
        return value
    return {"true": True, "false": False}.get(value.lower()) if isinstance(value, str) else None


def _condition(given: Any, find: Find, known: Collection[str], field: str) -> Condition:
    if not isinstance(given, dict):
        raise Invalid("condition_malformed", "A condition is a JSON object.", field=field)
    key = given.get("attribute_key")
    own_type = given.get("custom_attribute_type") or None
    own_type = own_type if own_type in CUSTOM_TYPES else None
    attribute = find(key, own_type) if isinstance(key, str) else None
    if not isinstance(key, str) or not key or attribute is None:
        raise Invalid(
            "unknown_attribute",
            f"There is no attribute {_short(key)}. Known are {', '.join(known)}; with a "
            f"custom_attribute_type of {' or '.join(CUSTOM_TYPES)} also the account's own.",
            field=f"{field}.attribute_key",
        )
    operator = given.get("filter_operator")
    if not isinstance(operator, str) or operator not in attribute.operators:
        fitting = ", ".join(one for one in Operator if one in attribute.operators)
        raise Invalid(
            "unknown_operator",
            f"{key} is compared with one of {fitting}.",
            field=f"{field}.filter_operator",
        )
    return Condition(
        key,
        Operator(operator),
        _values(given.get("values"), attribute, Operator(operator), f"{field}.values"),
        _joint(given.get("query_operator"), f"{field}.query_operator"),
        attribute.custom_type,
    )


def _values(given: Any, attribute: Askable, operator: Operator, field: str) -> tuple[Value, ...]:
    if operator in NEEDS_NO_VALUES:
        return ()
    values = given if isinstance(given, list) else [] if given is None else [given]
    if not 1 <= len(values) <= MOST_VALUES:
        raise Invalid("values_missing", f"Give 1 to {MOST_VALUES} values.", field=field)
    if operator is Operator.DAYS_BEFORE:
        attribute = _DAYS
    understood = [attribute.understand(value) for value in values]
    for value, one in zip(values, understood, strict=True):
        if one is None:
            raise Invalid(
                "unknown_value", f"{_short(value)} is not {attribute.expected}.", field=field
            )
    return tuple(one for one in understood if one is not None)


def _joint(given: Any, field: str) -> Joint | None:
    if given is None or given == "":
        return None
    try:
        return Joint(given.upper() if isinstance(given, str) else given)
    except ValueError:
        raise Invalid(
            "unknown_query_operator", "query_operator is AND or OR.", field=field
        ) from None


def _days(value: Any) -> int | None:
    text = str(value).strip() if isinstance(value, str | int) and value is not True else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else None


_DAYS = Askable(frozenset({Operator.DAYS_BEFORE}), _days, "a number of days")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
