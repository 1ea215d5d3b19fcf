"""Reading what an account says of its own attributes, and holding values to it."""

from collections.abc import Mapping
from typing import Any

import psycopg

from desk.rules.custom_attributes import Definition, bounded, fitted, regex_of
from desk.store.transaction import TenantTx
from desk.words.custom_attributes import AttributeModel, AttributeType
from desk.words.errors import Invalid, NotFound

REGEX_MILLISECONDS = 250

_DEFINITION = """
select id, attribute_model, attribute_key, attribute_display_name, attribute_display_type,
       attribute_description, attribute_values, regex_pattern, regex_cue, default_value,
       created_at, updated_at
from custom_attribute_definitions where account_id = %(account)s"""


async def definitions(tx: TenantTx, model: AttributeModel | None = None) -> list[dict[str, Any]]:
    """The account's definitions, of one model or all, oldest first."""
    return await tx.all(
        f"{_DEFINITION} and (%(model)s::smallint is null or attribute_model = %(model)s) order by id",
        {"account": tx.account_id, "model": model},
    )


async def definition(tx: TenantTx, definition_id: int) -> dict[str, Any]:
    """One definition; raises NotFound."""
    row = await tx.first(
        f"{_DEFINITION} and id = %(id)s", {"account": tx.account_id, "id": definition_id}
    )
    if row is None:
        raise NotFound("custom_attribute_not_found", "There is no such custom attribute.")
    return row


async def attribute_types(tx: TenantTx) -> dict[tuple[AttributeModel, str], AttributeType]:
    """The types of all the account's own attributes."""
    rows = await tx.all(
        """select attribute_model, attribute_key, attribute_display_type
           from custom_attribute_definitions where account_id = %s""",
        [tx.account_id],
    )
    return {
        (AttributeModel(row["attribute_model"]), row["attribute_key"]): AttributeType(
            row["attribute_display_type"]
        )
        for row in rows
    }


async def fitting(
    tx: TenantTx, model: AttributeModel, attributes: Mapping[str, Any]
) -> dict[str, Any]:
    """The custom attributes as they are kept; raises Invalid naming the one that does not fit."""
    bounded(attributes, field="custom_attributes")
    if not attributes:
        return {}
    rows = await tx.all(
        """select attribute_key as key, attribute_display_type as type,
                  attribute_values as choices, regex_pattern as regex, regex_cue as cue
           from custom_attribute_definitions
           where account_id = %s and attribute_model = %s and attribute_key = any(%s)""",
        [tx.account_id, model, list(attributes)],
    )
    kept = dict(attributes)
    for row in rows:
        known = Definition(
            row["key"],
            AttributeType(row["type"]),
            tuple(row["choices"]),
            None if not row["regex"] else regex_of(row["regex"], field="regex_pattern"),
            row["cue"],
        )
        field = f"custom_attributes.{known.key}"
        kept[known.key] = fitted(kept[known.key], known, field=field)
        given = kept[known.key]
        if not known.regex or not isinstance(given, str) or not given:
            continue
        if not await matches(tx, known.regex, given, field=field):
            sentence = known.cue or f"{known.key} does not have the form that is wanted."
            raise Invalid("attribute_unfit", sentence, field=field)
    return kept


async def matches(tx: TenantTx, regex: str, value: str, *, field: str) -> bool:
    """Whether the value has the form; raises Invalid when the pattern is none, or takes for ever.

    Postgres looks: its search never goes back, so a pattern cannot be made to hang it, and a
    pattern that is large to begin with is given up after a moment.
    """
    before = await tx.one("select current_setting('statement_timeout') as timeout")
    try:
        await tx.execute(f"set local statement_timeout = {REGEX_MILLISECONDS}")
        row = await tx.one("select %s::text ~ %s::text as fits", [value, regex], prepare=False)
        await tx.execute("select set_config('statement_timeout', %s, true)", [before["timeout"]])
    except psycopg.errors.InvalidRegularExpression:
        raise Invalid("regex_malformed", "This is no regular expression.", field=field) from None
    except psycopg.errors.QueryCanceled:
        raise Invalid(
            "regex_too_slow", "The pattern takes too long; make it simpler.", field=field
        ) from None
    return bool(row["fits"])
