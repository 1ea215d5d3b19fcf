"""Whether a rule makes sense here: everything in it is understood, or refused by name."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import msgspec

from desk.actions.keep_rule import RuleWanted
from desk.automation.action_catalogue import ACTIONS, OF_MACROS
from desk.automation.action_contract import Account, AutomationAction
from desk.automation.attributes import ATTRIBUTES, askable_in
from desk.rules.condition_reading import read_conditions
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.words.automation import ActionWanted, RuleEvent
from desk.words.errors import Invalid

MOST_ACTIONS = 20

_ACCOUNT = """
select array(select user_id from account_users where account_id = %(account)s) as agents,
       array(select id from teams where account_id = %(account)s) as teams,
       array(select id from inboxes where account_id = %(account)s) as inboxes,
       array(select title::text from labels where account_id = %(account)s) as labels,
       array(select id from sla_policies
             where account_id = %(account)s and deleted_at is null) as sla_policies"""


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
    account = await _account(tx, secrets, kept=kept)
    return RuleWanted(
        given.name,
        given.event_name,
        _conditions(given.conditions, account),
        _actions(given.actions, account, ACTIONS),
        given.description,
        given.active,
    )


async def checked_macro(
    tx: TenantTx, actions: list[Any], *, secrets: SecretBox
) -> list[dict[str, Any]]:
    """A macro's actions as they are to be kept; raises Invalid naming what makes no sense."""
    account = await _account(tx, secrets, for_macro=True)
    known = {name: action for name, action in ACTIONS.items() if name in OF_MACROS}
    return _actions(actions, account, known)


async def _account(
    tx: TenantTx,
    secrets: SecretBox,
    *,
    kept: Sequence[dict[str, Any]] = (),
    for_macro: bool = False,
) -> Account:
    row = await tx.one(_ACCOUNT, {"account": tx.account_id})
    return Account(
        tx.account_id,
        frozenset(row["agents"]),
        frozenset(row["teams"]),
        frozenset(row["inboxes"]),
        frozenset(row["labels"]),
        secrets,
        tuple(msgspec.convert(list(kept), list[ActionWanted])),
        for_macro,
        frozenset(row["sla_policies"]),
    )


def _conditions(given: list[Any], account: Account) -> list[dict[str, Any]]:
    conditions = read_conditions(
        given, partial(askable_in, account), known=ATTRIBUTES, field="conditions"
    )
    kept: list[dict[str, Any]] = msgspec.json.decode(msgspec.json.encode(conditions))
    return kept


def _actions(
    given: list[Any], account: Account, known: Mapping[str, AutomationAction]
) -> list[dict[str, Any]]:
    if not 1 <= len(given) <= MOST_ACTIONS:
        raise Invalid("actions_missing", f"Give 1 to {MOST_ACTIONS} actions.", field="actions")
    return [_action(one, f"actions[{n}]", account, known) for n, one in enumerate(given)]


def _action(
    given: Any, field: str, account: Account, known: Mapping[str, AutomationAction]
) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Invalid("action_malformed", "An action is a JSON object.", field=field)
    name = given.get("action_name")
    action = known.get(name) if isinstance(name, str) else None
    if action is None:
        raise Invalid(
            "unknown_action",
            f"There is no action {name!r}. Known are {', '.join(known)}.",
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
