"""What templates and questions to customers may hold, as JSON schemas, and how they are refused."""

from functools import cache
from typing import Any

import jsonschema_rs

from desk.words.conversation import ContentType
from desk.words.errors import Invalid

LONGEST_PATH = 200

_TEXT = {"type": "string", "maxLength": 1024}
_VALUE = {"type": ["string", "number"], "maxLength": 1024}
_URL = {"type": "string", "maxLength": 2048, "pattern": "^https?://[^\\s]+$"}
_SHORT = {"type": "string", "minLength": 1, "maxLength": 255}
_LONG = {"type": "string", "maxLength": 4096}

_PLACES = {
    "type": "object",
    "maxProperties": 100,
    "propertyNames": {"pattern": "^[A-Za-z0-9_]{1,64}$"},
    "additionalProperties": _VALUE,
}

_BY_COMPONENT = {
    "type": "object",
    "properties": {
        "body": _PLACES,
        "header": {
            "type": "object",
            "properties": {
                "media_url": _URL,
                "media_type": {"enum": ["image", "video", "document"]},
            },
            "additionalProperties": _VALUE,
        },
        "buttons": {
            "type": "array",
            "maxItems": 10,
            "items": {
                "type": ["object", "null"],
                "properties": {"type": {"enum": ["url", "copy_code"]}, "parameter": _TEXT},
                "required": ["type", "parameter"],
                "additionalProperties": False,
            },
        },
        "footer": {"type": "object"},
    },
    "additionalProperties": _VALUE,
    "maxProperties": 100,
}

TEMPLATE_PARAMS: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z0-9_]{1,512}$"},
        "language": {"type": "string", "pattern": "^[a-z]{2,3}([_-][A-Za-z]{2,4})?$"},
        "category": {
            "enum": [
                "UTILITY",
                "MARKETING",
                "AUTHENTICATION",
                "SHIPPING_UPDATE",
                "TICKET_UPDATE",
                "ISSUE_RESOLUTION",
            ]
        },
        "namespace": _TEXT,
        "processed_params": _BY_COMPONENT,
    },
    "required": ["name", "language"],
}
"""A template that WhatsApp has approved, and what fills it in."""

_ACTION = {
    "type": "object",
    "properties": {
        "text": _SHORT,
        "type": {"enum": ["link", "postback"]},
        "payload": _LONG,
        "uri": _URL,
    },
    "required": ["text", "type"],
    "additionalProperties": False,
}
_OPTION = {
    "type": "object",
    "properties": {"title": _SHORT, "value": _SHORT, "label": _SHORT},
    "additionalProperties": False,
}
_ITEM_OF: dict[ContentType, dict[str, Any]] = {
    ContentType.INPUT_SELECT: {
        "properties": {"title": _SHORT, "value": _SHORT},
        "required": ["title", "value"],
    },
    ContentType.CARDS: {
        "properties": {
            "title": _SHORT,
            "description": _LONG,
            "media_url": _URL,
            "actions": {"type": "array", "maxItems": 10, "items": _ACTION},
        },
        "required": ["title"],
    },
    ContentType.FORM: {
        "properties": {
            "type": {"enum": ["text", "email", "text_area", "select", "number", "checkbox"]},
            "placeholder": _LONG,
            "label": _SHORT,
            "name": _SHORT,
            "title": _LONG,
            "options": {"type": "array", "maxItems": 100, "items": _OPTION},
            "default": {"type": ["string", "number", "boolean", "null"]},
            "required": {"type": ["boolean", "string"]},
            "pattern": _LONG,
            "pattern_error": _LONG,
        },
        "required": ["type", "name"],
    },
    ContentType.ARTICLE: {
        "properties": {"title": _SHORT, "description": _LONG, "link": _URL},
        "required": ["title", "link"],
    },
}
"""What one item of a question or a list may say."""


def check_template_params(given: Any, *, field: str = "template_params") -> None:
    """Raises Invalid naming the path of what is wrong."""
    _check(_template_params(), given, field)


def check_items(kind: ContentType, given: Any) -> None:
    """Raises Invalid naming the path of what is wrong; kinds without items take anything."""
    if kind in _ITEM_OF:
        _check(_items_of(kind), given, "content_attributes.items")


def _check(validator: Any, given: Any, path: str) -> None:
    error = next(iter(validator.iter_errors(given)), None)
    if error is None:
        return
    for step in error.instance_path:
        path += f"[{step}]" if isinstance(step, int) else f".{step}"
    raise Invalid("malformed", f"{error.message[:300]}.", field=path[:LONGEST_PATH])


@cache
def _template_params() -> Any:
    return jsonschema_rs.validator_for(TEMPLATE_PARAMS)


@cache
def _items_of(kind: ContentType) -> Any:
    item = {"type": "object", "additionalProperties": False, **_ITEM_OF[kind]}
    return jsonschema_rs.validator_for(
        {"type": "array", "minItems": 1, "maxItems": 100, "items": item}
    )
