"""Whether a rule makes sense here: everything in it is understood, or refused by name."""

from collections.abc import Sequence
from typing import Any

import msgspec

from desk.actions.keep_rule import RuleWanted
from desk.automation.action_catalogue import ACTIONS
from desk.automation.action_contract import Account
from desk.automation.attributes import ATTRIBUTES, CUSTOM_TYPES, WORDS, Attribute, anything
from desk.rules.conditions import NEEDS_NO_VALUES, Condition, Joint, Operator
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.words.automation import ActionWanted, RuleEvent
from desk.words.errors import Invalid

MOST_CONDITIONS = 50
MOST_ACTIONS = 20
MOST_VALUES = 100

_ACCOUNT = """
select array(select user_id from account_users where account_id = %(account)s) as agents,
       array(select id from teams where account_id = %(account)s) as teams,
       array(select id from inboxes where account_id = %(account)s) as inboxes,
       array(select title::text from labels where account_id = %(account)s) as labels"""

_OWN = Attribute(WORDS, anything, "a text, a number, true or false")


class RuleGiven(msgspec.Struct, frozen=True):
    """A rule as somebody wrote it down."""

    name: str
    event_name: str
    conditions: list[Any]
    actions: list[Any]
    description: str | None = None
    active: bool = True


async def checked(
    tx: TenantTx,
    given: RuleGiven,
    *,
    secrets: SecretBox,
    kept: Sequence[dict[str, Any]] = (),
) -> RuleWanted:
    """The rule as it is to be kept; raises Invalid naming the field that makes no sense.

    `kept` are the actions of the rule as it stands, where it is an old one that changes.
    """
    if given.event_name not in set(RuleEvent):
        raise Invalid(
            "unknown_event", f"event_name is one of {', '.join(RuleEvent)}.", field="event_name"
        )
    row = await tx.one(_ACCOUNT, {"account": tx.account_id})
    account = Account(
        tx.account_id,
        frozenset(row["agents"]),
        frozenset(row["teams"]),
        frozenset(row["inboxes"]),
        frozenset(row["labels"]),
        secrets,
        tuple(msgspec.convert(list(kept), list[ActionWanted])),
    )
    return RuleWanted(
        given.name,
        given.event_name,
        _conditions(given.conditions, account),
        _actions(given.actions, account),
        given.description,
        given.active,
    )


def _conditions(given: list[Any], account: Account) -> list[dict[str, Any]]:
    if len(given) > MOST_CONDITIONS:
        raise Invalid(
            "too_many_conditions",
            f"A rule has at most {MOST_CONDITIONS} conditions.",
            field="conditions",
        )
    last = len(given) - 1
    conditions = [_condition(one, f"conditions[{n}]", account) for n, one in enumerate(given)]
    for n, condition in enumerate(conditions[:last]):
        if condition.query_operator is None:
            raise Invalid(
                "conditions_not_joined",
                "query_operator says how a condition is joined to the next: AND or OR.",
                field=f"conditions[{n}].query_operator",
            )
    if conditions:
        conditions[last] = msgspec.structs.replace(conditions[last], query_operator=None)
    kept: list[dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(conditions))
    return kept


def _condition(given: Any, field: str, account: Account) -> Condition:
    if not isinstance(given, dict):
        raise Invalid("condition_malformed", "A condition is a JSON object.", field=field)
    key = given.get("attribute_key")
    own_type = given.get("custom_attribute_type") or None
    attribute = _OWN if own_type in CUSTOM_TYPES else ATTRIBUTES.get(str(key))
    if not isinstance(key, str) or not key or attribute is None:
        raise Invalid(
            "unknown_attribute",
            f"There is no attribute {key!r}. Known are {', '.join(ATTRIBUTES)}; with a "
            f"custom_attribute_type of {' or '.join(CUSTOM_TYPES)} also the account's own.",
            field=f"{field}.attribute_key",
        )
    operator = given.get("filter_operator")
    if operator not in attribute.operators:
        known = ", ".join(one for one in Operator if one in attribute.operators)
        raise Invalid(
            "unknown_operator",
            f"{key} is compared with one of {known}.",
            field=f"{field}.filter_operator",
        )
    return Condition(
        key,
        Operator(operator),
        _values(given.get("values"), attribute, Operator(operator), f"{field}.values", account),
        _joint(given.get("query_operator"), f"{field}.query_operator"),
        own_type,
    )


def _values(
    given: Any, attribute: Attribute, operator: Operator, field: str, account: Account
) -> tuple[str | int | bool, ...]:
    if operator in NEEDS_NO_VALUES:
        return ()
    values = given if isinstance(given, list) else [] if given is None else [given]
    if not 1 <= len(values) <= MOST_VALUES:
        raise Invalid("values_missing", f"Give 1 to {MOST_VALUES} values.", field=field)
    understood = [attribute.understand(value, account) for value in values]
    for value, one in zip(values, understood, strict=True):
        if one is None:
            raise Invalid("unknown_value", f"{value!r} is not {attribute.expected}.", field=field)
    return tuple(one for one in understood if one is not None)


def _joint(given: Any, field: str) -> Joint | None:
    if given is None or given == "":
        return None
    word = given.upper() if isinstance(given, str) else given
    if word not in set(Joint):
        raise Invalid("unknown_query_operator", "query_operator is AND or OR.", field=field)
    return Joint(word)


def _actions(given: list[Any], account: Account) -> list[dict[str, Any]]:
    if not 1 <= len(given) <= MOST_ACTIONS:
        raise Invalid(
            "actions_missing", f"A rule does 1 to {MOST_ACTIONS} things.", field="actions"
        )
    return [_action(one, f"actions[{n}]", account) for n, one in enumerate(given)]


def _action(given: Any, field: str, account: Account) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Invalid("action_malformed", "An action is a JSON object.", field=field)
    name = given.get("action_name")
    action = ACTIONS.get(name) if isinstance(name, str) else None
    if action is None:
        raise Invalid(
            "unknown_action",
            f"There is no action {name!r}. Known are {', '.join(ACTIONS)}.",
            field=f"{field}.action_name",
        )
    params = given.get("action_params")
    if params is None:
        params = []
    if not isinstance(params, list):
        raise Invalid(
            "parameters_malformed", "action_params is a list.", field=f"{field}.action_params"
        )
    kept = action.check(params, account, field=f"{field}.action_params")
    return {"action_name": action.name, "action_params": kept}
