"""Comparisons as SQL: true or false, never null, so that a negation means what it says."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from desk.rules.conditions import Operator
from desk.rules.filters import ALL, Kind

_NEGATED = {
    Operator.NOT_EQUAL_TO: Operator.EQUAL_TO,
    Operator.DOES_NOT_CONTAIN: Operator.CONTAINS,
    Operator.IS_NOT_PRESENT: Operator.IS_PRESENT,
}
_NUMERIC = "^[+-]?[0-9]{1,40}([.][0-9]{1,40})?$"
_ISO_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}"

Compared = tuple[str, Any]
"""A condition, and the value of its one parameter."""


def compared(
    kind: Kind, value: str, operator: Operator, values: Sequence[Any], name: str, today: date
) -> Compared:
    """`value` is an SQL expression, `name` the parameter's placeholder.

    Of several values any may fit; a negation wants that none does, and holds where there is nothing.
    """
    if operator in _NEGATED:
        held, given = compared(kind, value, _NEGATED[operator], values, name, today)
        return f"not {held}", given
    held, given = _plain(kind, f"({value})", operator, values, name, today)
    return f"coalesce({held}, false)", given


def _plain(
    kind: Kind, value: str, operator: Operator, values: Sequence[Any], name: str, today: date
) -> Compared:
    match kind:
        case Kind.TEXT | Kind.FLAG:
            return _text(value, operator, values, name)
        case Kind.CODE:
            if operator is Operator.IS_PRESENT or ALL in values:
                return f"{value} is not null", None
            return f"{value} = any({name}::int[])", list(values)
        case Kind.ID:
            if operator is Operator.IS_PRESENT:
                return f"{value} is not null", None
            return f"{value} = any({name}::bigint[])", list(values)
        case Kind.LABELS:
            if operator is Operator.IS_PRESENT:
                return f"cardinality{value} > 0", None
            return f"{value} && {name}::bigint[]", list(values)
        case Kind.MOMENT:
            return _moment(value, operator, values, name, today)
        case Kind.NUMBER:
            return _number(value, operator, values, name)
        case Kind.DAY:
            return _day(value, operator, values, name, today)


def _text(value: str, operator: Operator, values: Sequence[Any], name: str) -> Compared:
    plain = f"nullif(lower(btrim({value}::text, E' \\t\\n\\r')), '')"
    words = [_word(one) for one in values]
    match operator:
        case Operator.CONTAINS:
            # Looked for inside, blanks at the ends make no difference.
            return _any(
                f"lower({value}::text) like", [f"%{_literally(one)}%" for one in words], name
            )
        case Operator.STARTS_WITH:
            return _any(f"{plain} like", [f"{_literally(one)}%" for one in words], name)
        case Operator.EQUAL_TO:
            return _any(f"{plain} =", words, name)
        case _:
            return f"{plain} is not null", None


def _any(compared: str, words: list[str], name: str) -> Compared:
    if len(words) == 1:
        return f"{compared} lower({name}::text)", words[0]
    lowered = f"(select array_agg(lower(one)) from unnest({name}::text[]) one)"
    return f"{compared} any({lowered}::text[])", words


def _moment(
    value: str, operator: Operator, values: Sequence[Any], name: str, today: date
) -> Compared:
    match operator:
        case Operator.IS_GREATER_THAN:
            day = min(map(date.fromisoformat, values))
            if day == date.max:
                return "false", None
            return f"{value} >= {name}::timestamptz", _midnight(day + timedelta(days=1))
        case Operator.IS_LESS_THAN:
            day = max(map(date.fromisoformat, values))
            return f"{value} < {name}::timestamptz", _midnight(day)
        case Operator.DAYS_BEFORE:
            return f"{value} < {name}::timestamptz", _midnight(_days_ago(today, values))
        case _:
            return f"{value} is not null", None


def _number(value: str, operator: Operator, values: Sequence[Any], name: str) -> Compared:
    """`value` is JSON: mostly a number, or a text that was there before the attribute's type."""
    text = f"({value} #>> '{{}}')"
    number = (
        f"case when jsonb_typeof{value} = 'number' then {value}::numeric "
        f"when {text} ~ '{_NUMERIC}' then {text}::numeric end"
    )
    match operator:
        case Operator.IS_PRESENT:
            return _text(text, operator, values, name)
        case Operator.IS_GREATER_THAN:
            compare = ">"
        case Operator.IS_LESS_THAN:
            compare = "<"
        case _:
            compare = "="
    return f"{number} {compare} any({name}::numeric[])", [str(one) for one in values]


def _day(value: str, operator: Operator, values: Sequence[Any], name: str, today: date) -> Compared:
    # Days in ISO's writing are in order as text, whatever else stands in other rows.
    day = f"case when {value} ~ '{_ISO_DAY}' then left({value}, 10) collate \"C\" end"
    match operator:
        case Operator.IS_PRESENT:
            return _text(value, operator, values, name)
        case Operator.IS_GREATER_THAN:
            return f"{day} > {name}::text", min(values)
        case Operator.IS_LESS_THAN:
            return f"{day} < {name}::text", max(values)
        case Operator.DAYS_BEFORE:
            return f"{day} < {name}::text", _days_ago(today, values).isoformat()
        case _:
            return f"{day} = any({name}::text[])", list(values)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value).strip()


def _literally(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _days_ago(today: date, values: Sequence[Any]) -> date:
    return today - timedelta(days=min(int(one) for one in values))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
