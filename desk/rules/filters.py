"""What filters of conversations and of contacts can ask about, and how it is compared."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum, auto
from typing import Any

import msgspec

from desk.rules.condition_reading import (
    CUSTOM_TYPES,
    EQUALITY,
    ORDER,
    PRESENCE,
    WORDS,
    Askable,
    Understand,
    any_text,
    flag,
    read_conditions,
)
from desk.rules.conditions import Condition, Operator
from desk.words.conversation import ConversationStatus, MessageType, Priority
from desk.words.custom_attributes import NUMBERS, AttributeModel, AttributeType

ALL = "all"
"""As a status: every one of them."""


class Kind(Enum):
    """How an attribute is stored, which says how it is compared."""

    TEXT = auto()
    CODE = auto()
    """A small integer that is shown as a word."""
    ID = auto()
    LABELS = auto()
    FLAG = auto()
    MOMENT = auto()
    """An instant, compared as a day in UTC."""
    NUMBER = auto()
    DAY = auto()
    """A day written as text."""


class Asked(msgspec.Struct, frozen=True):
    """Something a filter can ask about."""

    kind: Kind
    operators: frozenset[Operator]
    words: tuple[str, ...] = ()
    """What a code is called, by its number."""


_DAYS = ORDER | {Operator.DAYS_BEFORE}

_TEXT = Asked(Kind.TEXT, WORDS)
_ID = Asked(Kind.ID, PRESENCE)
_MOMENT = Asked(Kind.MOMENT, frozenset(_DAYS))
_LABELS = Asked(Kind.LABELS, PRESENCE)
_FLAG = Asked(Kind.FLAG, EQUALITY)

_CONVERSATIONS: dict[str, Asked] = {
    "status": Asked(Kind.CODE, EQUALITY, tuple(one.word for one in ConversationStatus)),
    "priority": Asked(Kind.CODE, PRESENCE, tuple(one.word for one in Priority)),
    "assignee_id": _ID,
    "inbox_id": _ID,
    "team_id": _ID,
    "contact_id": _ID,
    "campaign_id": _TEXT,
    "display_id": _TEXT,
    "labels": _LABELS,
    "browser_language": _TEXT,
    "conversation_language": _TEXT,
    "referer": _TEXT,
    "mail_subject": _TEXT,
    "created_at": _MOMENT,
    "last_activity_at": _MOMENT,
    "content": _TEXT,
    "message_type": Asked(Kind.CODE, EQUALITY, tuple(one.word for one in MessageType)),
    "private_note": _FLAG,
    "name": _TEXT,
    "email": _TEXT,
    "phone_number": _TEXT,
    "company_name": _TEXT,
    "city": _TEXT,
    "country_code": _TEXT,
}

_CONTACTS: dict[str, Asked] = {
    "name": _TEXT,
    "email": _TEXT,
    "phone_number": _TEXT,
    "identifier": _TEXT,
    "country_code": _TEXT,
    "city": _TEXT,
    "company_name": _TEXT,
    "labels": _LABELS,
    "created_at": _MOMENT,
    "last_activity_at": Asked(Kind.MOMENT, frozenset(_DAYS | PRESENCE) - EQUALITY),
    "blocked": _FLAG,
}

STANDARD: Mapping[AttributeModel, Mapping[str, Asked]] = {
    AttributeModel.CONVERSATION_ATTRIBUTE: _CONVERSATIONS,
    AttributeModel.CONTACT_ATTRIBUTE: _CONTACTS,
}
STANDARD_KEYS: Mapping[AttributeModel, frozenset[str]] = {
    model: frozenset(asked) for model, asked in STANDARD.items()
}

OWN: Mapping[AttributeType, Asked] = {
    **dict.fromkeys((AttributeType.TEXT, AttributeType.LINK, AttributeType.LIST), _TEXT),
    **{one: Asked(Kind.NUMBER, PRESENCE | ORDER) for one in NUMBERS},
    AttributeType.DATE: Asked(Kind.DAY, PRESENCE | _DAYS),
    AttributeType.CHECKBOX: Asked(Kind.FLAG, PRESENCE),
}

AttributeTypes = Mapping[tuple[AttributeModel, str], AttributeType]
"""The types of an account's own attributes."""


def asked_about(condition: Condition, of: AttributeModel, own: AttributeTypes) -> Asked:
    """What a condition that was read asks about."""
    if condition.custom_attribute_type is None:
        return STANDARD[of][condition.attribute_key]
    model = AttributeModel.from_word(condition.custom_attribute_type)
    return OWN[own[model, condition.attribute_key]]


def read_filter(given: Any, of: AttributeModel, own: AttributeTypes) -> list[Condition]:
    """A filter's payload as conditions; raises Invalid naming the field that makes no sense."""

    def find(key: str, custom_type: str | None) -> Askable | None:
        asked = STANDARD[of].get(key) if custom_type is None else None
        custom_type = None if asked is not None else custom_type or of.word
        if asked is None and custom_type in _READABLE[of]:
            model = AttributeModel.from_word(custom_type)
            asked = OWN[own[model, key]] if (model, key) in own else None
        if asked is None:
            return None
        understand, expected = _understanding(asked)
        return Askable(asked.operators, understand, expected, custom_type)

    return read_conditions(given, find, known=STANDARD[of], field="payload")


_READABLE: Mapping[AttributeModel, tuple[str, ...]] = {
    AttributeModel.CONVERSATION_ATTRIBUTE: CUSTOM_TYPES,
    AttributeModel.CONTACT_ATTRIBUTE: ("contact_attribute",),
}
"""Whose attributes of an account's own each of them knows: of a conversation also its contact's."""


def _understanding(asked: Asked) -> tuple[Understand, str]:
    match asked.kind:
        case Kind.CODE:
            return _code_of(asked.words), f"one of {', '.join(asked.words)}"
        case Kind.ID:
            return _id, "an id"
        case Kind.LABELS:
            return _label, "a label's title"
        case Kind.FLAG:
            return flag, "true or false"
        case Kind.MOMENT | Kind.DAY:
            return _day, "a day such as 2026-11-30"
        case Kind.NUMBER:
            return _number, "a number"
        case Kind.TEXT:
            return any_text, "a text"


def _code_of(words: tuple[str, ...]) -> Understand:
    def understand(value: Any) -> int | str | None:
        word = value.strip().lower() if isinstance(value, str) else None
        if word == ALL and words[0] == ConversationStatus.OPEN.word:
            return ALL
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(words):
            return value
        return words.index(word) if word in words else None

    return understand


def _id(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return None
    text = str(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _label(value: Any) -> str | None:
    text = any_text(value)
    return None if text is None else text.strip().lower()


_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")


def _number(value: Any) -> str | None:
    text = any_text(value)
    return text.strip() if text is not None and _NUMBER.fullmatch(text.strip()) else None


def _day(value: Any) -> str | None:
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        if len(value) <= 10:
            return date.fromisoformat(value).isoformat()
        at = datetime.fromisoformat(value)
        return (at if at.tzinfo is None else at.astimezone(UTC)).date().isoformat()
    except (ValueError, OverflowError):
        return None
