"""Chatwoot's OpenAPI file with the amendments written beside it, as a judge of our answers."""

import json
import re
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

FOLDER = Path(__file__).parents[3] / "shared" / "reference"
DOCUMENT = FOLDER / "chatwoot-openapi.json"
AMENDMENTS = FOLDER / "openapi-errata.md"

_LINE = re.compile(r"- schema ((?:`\w+`(?:, )?)+): (.*)")

_WEBHOOK = {"$ref": "#/components/schemas/webhook"}


def _in_payload(properties: dict[str, Any]) -> dict[str, Any]:
    inner = {"type": "object", "required": list(properties), "properties": properties}
    return {"type": "object", "required": ["payload"], "properties": {"payload": inner}}


OWN_FORMS: dict[str, Any] = {
    "contactCreate": {
        "type": "object",
        "required": ["payload"],
        "properties": {
            "payload": {
                "type": "object",
                "required": ["contact", "contact_inbox"],
                "properties": {"contact": {"$ref": "#/components/schemas/contact_list_item"}},
            }
        },
    },
    "contactUpdate": {"$ref": "#/components/schemas/contact_show_response"},
    "add-new-automation-rule-to-account": {"$ref": "#/components/schemas/automation_rule_item"},
    "newConversation": {"$ref": "#/components/schemas/conversation_show"},
    "assign-a-conversation": {
        "anyOf": [
            {"$ref": "#/components/schemas/agent"},
            {"$ref": "#/components/schemas/team"},
            {"type": "null"},
        ]
    },
    "create-a-webhook": _in_payload({"webhook": _WEBHOOK}),
    "list-all-webhooks": _in_payload({"webhooks": {"type": "array", "items": _WEBHOOK}}),
}
"""Where the amendments describe an operation's answer in words."""


class Reference:
    """Finds what an operation's answer must look like, and what is wrong with one."""

    def __init__(self) -> None:
        self.document: dict[str, Any] = json.loads(DOCUMENT.read_text())
        self._schemas: dict[str, Any] = self.document["components"]["schemas"]
        for line in AMENDMENTS.read_text().splitlines():
            found = _LINE.match(line)
            if found is not None:
                schema, *fields = re.findall(r"`(\w+)`", found[1])
                self._amend(self._schemas.get(schema, {}), fields, found[2])
        _let_be_null(self.document, "assignee")
        self._operations = {
            operation["operationId"]: operation
            for item in self.document["paths"].values()
            for operation in item.values()
            if isinstance(operation, dict) and "operationId" in operation
        }

    def faults(self, operation_id: str, answer: object) -> list[str]:
        """What the file says against an answer."""
        schema = OWN_FORMS.get(operation_id) or self._of_operation(operation_id)
        judged = {**schema, "components": self.document["components"]}
        return [
            f"{'.'.join(str(step) for step in fault.absolute_path)}: {fault.message[:160]}"
            for fault in Draft202012Validator(judged).iter_errors(answer)
        ]

    def _of_operation(self, operation_id: str) -> dict[str, Any]:
        answers = self._operations[operation_id]["responses"]
        content = answers.get("200", {}).get("content", {})
        schema: dict[str, Any] = content.get("application/json", {}).get("schema", {})
        if operation_id == "list-all-messages":
            contact = {"$ref": "#/components/schemas/contact_list_item"}
            meta = schema["properties"]["meta"]["properties"]
            meta["contact"], meta["assignee"] = contact, {}
            meta["agent_last_seen_at"] = meta["assignee_last_seen_at"] = {}
        return schema

    def _amend(self, schema: dict[str, Any], fields: list[str], said: str) -> None:
        properties = self._properties_of(schema)
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

    def _properties_of(self, schema: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = schema.get("properties", {})
        return found


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
