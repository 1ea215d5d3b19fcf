"""Requests that nobody thought of, made by schemathesis from our own OpenAPI document.

Two in three fit the document; the third breaks it somewhere.
"""

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.inbox_service.contract.sides import Side

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

KNOWN_AS = {
    "id": "administrator",
    "agent_id": "agent",
    "user_id": "agent",
    "rule_id": "rule",
    "label_id": "label",
    "message_id": "reply",
    "contact_identifier": "source",
    "conversation_uuid": "uuid",
    "portal_id": "portal",
    "portal_slug": "portal",
    "category_id": "category",
    "canned_response_id": "canned",
    "definition_id": "attribute",
    "custom_attribute_definition_id": "attribute",
    "custom_filter_id": "filter",
    "filter_id": "filter",
    "agent_bot_id": "bot",
    "bot_id": "bot",
}
"""Path parameters that are called otherwise than what we know of the account."""

WITHIN = {
    "inbox_id": "api_inbox",
    "contact_id": "contact",
    "assignee_id": "agent",
    "team_id": "team",
    "agent_bot": "bot",
    "user_id": "agent",
}
"""Ids that queries and bodies name."""

KEYS = ("api_access_token", "x-auth-token")

LAST = ("updateProfile", "reset-the-access-token", "delete-an-account")
"""Operations after which whoever asks may have to sign in anew."""


@dataclass
class Generated:
    """What was asked, and what was wrong with the answers."""

    operations: int = 0
    requests: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    faults: dict[str, str] = field(default_factory=dict)


def generate(url: str, side: Side, *, examples: int, seed: int) -> Generated:
    """Ask every operation of the document so many times; the same each time for a seed."""
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json")
    schema.config.output.sanitization.update(enabled=False)
    found = Generated()
    for operation in _in_order(schema):
        found.operations += 1
        label = f"{operation.method.upper()} {operation.path}"
        try:
            _ask(operation, url, side, found, examples, seed)
            with suppress(Unsatisfiable):  # There is nothing to get wrong.
                _ask(operation, url, side, found, (examples + 1) // 2, seed, wrong=True)
        except FailureGroup as fault:
            found.faults[label] = str(fault.exceptions[0])[:1500]
    return found


def _ask(
    operation: Any,
    url: str,
    side: Side,
    found: Generated,
    examples: int,
    seed: int,
    *,
    wrong: bool = False,
) -> None:
    who = "platform" if operation.path.startswith("/platform/") else "administrator"
    headers = {**side.headers(who), "X-Auth-Token": side.values["visitor_token"]}
    mode = GenerationMode.NEGATIVE if wrong else GenerationMode.POSITIVE
    turns = itertools.count()

    @hypothesis.seed(seed)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        turn = next(turns)
        known = turn % 2 == 0 if wrong else turn % 4 < 3
        _aim(case, side, everywhere=known)
        # Who asks is never in doubt: a wrong token hides everything that comes after it.
        case.headers = {n: v for n, v in (case.headers or {}).items() if n.lower() not in KEYS}
        if known and not wrong:
            _name_within(case, side)
        answer = case.call(base_url=url, headers=headers)
        found.requests += 1
        found.answers[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    asked()


def _aim(case: Any, side: Side, *, everywhere: bool) -> None:
    """Let the path name things that exist, or the account alone."""
    for name in case.path_parameters or {}:
        if name == "account_id":
            key = "account" if "/platform/" not in case.operation.path else "platform_account"
        else:
            key = KNOWN_AS.get(name, name.removesuffix("_id"))
        if key in side.values and (everywhere or name == "account_id"):
            case.path_parameters[name] = side.values[key]


def _name_within(case: Any, side: Side) -> None:
    """Let query and body name things that exist."""
    given = [part for part in (case.query, case.body) if isinstance(part, dict)]
    for part, (name, key) in itertools.product(given, WITHIN.items()):
        if name in part:
            part[name] = side.values.get(key, part[name])
    if "website_token" in (case.query or {}):
        case.query["website_token"] = side.values["website_token"]


def _in_order(schema: Any) -> Iterator[Any]:
    """What deletes comes after what asks, and what changes who asks comes last of all."""
    found = [result.ok() for result in schema.get_all_operations()]
    return iter(sorted(found, key=_place))


def _place(operation: Any) -> int:
    if operation.definition.raw.get("operationId") in LAST:
        return 2
    return int(operation.method.lower() == "delete")
