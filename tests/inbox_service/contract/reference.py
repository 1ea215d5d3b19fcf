"""Chatwoot's OpenAPI file with the amendments written beside it, as a judge of our answers."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

FOLDER = Path(__file__).parents[4] / "shared" / "reference"
DOCUMENT = FOLDER / "chatwoot-openapi.json"
AMENDMENTS = FOLDER / "openapi-errata.md"
IS_HERE = DOCUMENT.exists() and AMENDMENTS.exists()
NOT_HERE = "Chatwoot's OpenAPI file is not part of the project and is not here."

METHODS = ("get", "post", "put", "patch", "delete")

_SCHEMA_LINE = re.compile(r"- schema ((?:`\w+`(?:, )?)+): (.*)")
_STATUS_LINE = re.compile(r"- operation `([\w-]+)`, status \[([\d, ]+)\]")


def _one(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _holding(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _bare_or_in_payload(name: str) -> dict[str, Any]:
    return {"anyOf": [_holding(payload=_one(name)), _one(name)]}


_PAGE_OF_CONVERSATIONS = _holding(
    meta={"type": "object"}, payload={"type": "array", "items": _one("conversation")}
)

OWN_FORMS: Mapping[str, dict[str, Any]] = {
    "contactCreate": _holding(
        payload=_holding(contact=_one("contact_list_item"), contact_inbox={"type": "object"})
    ),
    "contactUpdate": _one("contact_show_response"),
    "contactMerge": _one("contact_list_item"),
    "getInboxAgentBot": _holding(agent_bot={"anyOf": [_one("agent_bot"), {"type": "object"}]}),
    "add-new-automation-rule-to-account": _one("automation_rule_item"),
    "add-new-portal-to-account": _one("portal_item"),
    "update-portal-to-account": _bare_or_in_payload("portal_item"),
    "add-new-category-to-account": _bare_or_in_payload("category"),
    "add-new-article-to-account": _bare_or_in_payload("article"),
    "newConversation": _one("conversation_show"),
    "conversationFilter": {
        "anyOf": [_PAGE_OF_CONVERSATIONS, _holding(data=_PAGE_OF_CONVERSATIONS)]
    },
    "assign-a-conversation": {"anyOf": [_one("agent"), _one("team"), {"type": "null"}]},
    "list-all-conversation-statistics": {
        "type": "array",
        "items": _holding(value={"type": ["number", "null"]}, timestamp={"type": "number"}),
    },
    "create-a-webhook": _holding(payload=_holding(webhook=_one("webhook"))),
    "update-a-webhook": _holding(payload=_holding(webhook=_one("webhook"))),
    "list-all-webhooks": _holding(
        payload=_holding(webhooks={"type": "array", "items": _one("webhook")})
    ),
}
"""Where the amendments describe an operation's answer in words."""

TWO_PATHS_OF_ONE_ROUTE = {"get-agent-conversation-metrics": "get-account-conversation-metrics"}
"""The file tells them apart by a trailing slash; to a server they are one."""

ALIASES = {"getConversationMessages": "list-all-messages"}
"""Served under a second address."""


@dataclass(frozen=True)
class Described:
    """What the file says about one operation."""

    id: str
    method: str
    path: str
    statuses: frozenset[int]
    key: str | None
    """The kind of token it wants."""
    for_bots: bool
    """Whether an agent bot's token opens it, too."""
    reads_json: bool


class Reference:
    """Finds what an operation's answer must look like, and what is wrong with one."""

    def __init__(self) -> None:
        self.document: dict[str, Any] = json.loads(DOCUMENT.read_text())
        self._schemas: dict[str, Any] = self.document["components"]["schemas"]
        self._statuses: dict[str, frozenset[int]] = {}
        for line in AMENDMENTS.read_text().splitlines():
            self._take(line)
        _let_be_null(self.document, "assignee")
        self._operations = {
            operation["operationId"]: operation for _, _, operation in operations(self.document)
        }
        self.described = {
            operation["operationId"]: self._describe(method, path, operation)
            for method, path, operation in operations(self.document)
        }

    def faults(self, operation_id: str, answer: object) -> list[str]:
        """What the file says against an answer."""
        schema = OWN_FORMS.get(operation_id) or self._of_operation(operation_id)
        judged = {**schema, "components": self.document["components"]}
        return [
            f"{'.'.join(str(step) for step in fault.absolute_path)}: {fault.message[:160]}"
            for fault in Draft202012Validator(judged).iter_errors(answer)
        ]

    def has_a_shape(self, operation_id: str) -> bool:
        """Whether the file says anything about the answer's body."""
        return operation_id in OWN_FORMS or bool(self._of_operation(operation_id))

    def _describe(self, method: str, path: str, operation: dict[str, Any]) -> Described:
        name = operation["operationId"]
        good = frozenset(int(s) for s in operation["responses"] if s.startswith("2"))
        security = operation.get("security")
        keys = [next(iter(one)) for one in security or () if one]
        if security is None:
            keys = ["userApiKey"]
        body = operation.get("requestBody", {}).get("content", {})
        return Described(
            name,
            method.upper(),
            path,
            self._statuses.get(name, good),
            keys[0] if keys else None,
            "agentBotApiKey" in keys,
            "application/json" in body,
        )

    def _of_operation(self, operation_id: str) -> dict[str, Any]:
        answers = self._operations[operation_id]["responses"]
        content = answers.get("200", {}).get("content", {})
        schema: dict[str, Any] = content.get("application/json", {}).get("schema", {})
        if operation_id == "list-all-messages":
            meta = schema["properties"]["meta"]["properties"]
            meta["contact"], meta["assignee"] = _one("contact_list_item"), {}
            meta["agent_last_seen_at"] = meta["assignee_last_seen_at"] = {}
        return schema

    def _take(self, line: str) -> None:
        if found := _STATUS_LINE.match(line):
            self._statuses[found[1]] = frozenset(int(s) for s in found[2].split(","))
        if found := _SCHEMA_LINE.match(line):
            schema, *fields = re.findall(r"`(\w+)`", found[1])
            self._amend(self._schemas.get(schema, {}), fields, found[2])

    def _amend(self, schema: dict[str, Any], fields: list[str], said: str) -> None:
        properties: dict[str, Any] = schema.get("properties", {})
        if said.startswith("required"):
            schema.setdefault("required", []).extend(f for f in fields if f in properties)
            return
        for field in fields:
            if field not in properties:
                continue
            if said.startswith("null too"):
                properties[field] = {"anyOf": [{"type": "null"}, properties[field]]}
            elif said.startswith("not checked"):
                properties[field] = {}
            elif said.startswith("{"):
                properties[field], _ = json.JSONDecoder().raw_decode(said)


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation of an OpenAPI document with its method and path."""
    return [
        (method, path, item[method])
        for path, item in document["paths"].items()
        for method in METHODS
        if method in item
    ]


def bare(path: str) -> str:
    """The path with its parameters' names and a trailing slash left out."""
    parts = path.rstrip("/").split("/")
    return "/".join("{}" if part.startswith("{") else part for part in parts)


def _let_be_null(part: Any, name: str) -> None:
    """The file says it in the words of an older version, which have no effect in this one."""
    if isinstance(part, dict):
        properties = part.get("properties")
        if isinstance(properties, dict) and name in properties:
            properties[name] = {"anyOf": [{"type": "null"}, properties[name]]}
        for inner in part.values():
            _let_be_null(inner, name)
    elif isinstance(part, list):
        for inner in part:
            _let_be_null(inner, name)
