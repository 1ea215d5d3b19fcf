"""What conditions can ask about, and what is known of it at a conversation."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from desk.automation.action_contract import Account
from desk.automation.parameters import id_of
from desk.rules.condition_reading import (
    CUSTOM_TYPES,
    EQUALITY,
    ORDER,
    PRESENCE,
    WORDS,
    Askable,
    any_text,
    flag,
)
from desk.rules.conditions import Operator
from desk.words.conversation import ConversationStatus, MessageType, Priority

Understand = Callable[[Any, Account], str | int | bool | None]
"""A value as it is kept, or nothing if it is none of the attribute's."""


class Attribute(msgspec.Struct, frozen=True):
    """Something a condition can ask about."""

    operators: frozenset[Operator]
    understand: Understand
    expected: str
    """What a value must be, for the one who got it wrong."""


def _word_of(words: tuple[str, ...]) -> Understand:
    def understand(value: Any, _: Account) -> str | None:
        word = value.strip().lower() if isinstance(value, str) else None
        return word if word in words else None

    return understand


def _id_among(known: Callable[[Account], frozenset[int]]) -> Understand:
    def understand(value: Any, account: Account) -> int | None:
        number = id_of(value)
        return number if number in known(account) else None

    return understand


def _label(value: Any, account: Account) -> str | None:
    title = value.strip().lower() if isinstance(value, str) else None
    return title if title in account.labels else None


def _flag(value: Any, _: Account) -> bool | None:
    return flag(value)


def _text(value: Any, _: Account) -> str | None:
    return any_text(value)


def _choice(*words: str, empty: bool = False) -> Attribute:
    listed = f"{', '.join(words[:-1])} or {words[-1]}"
    return Attribute(PRESENCE if empty else EQUALITY, _word_of(words), listed)


_TEXT = Attribute(WORDS, _text, "a text")

ATTRIBUTES: Mapping[str, Attribute] = {
    "content": _TEXT,
    "message_type": _choice(*(one.word for one in MessageType)),
    "private_note": Attribute(EQUALITY, _flag, "true or false"),
    "status": _choice(*(one.word for one in ConversationStatus)),
    "priority": _choice(*(one.word for one in Priority), empty=True),
    "inbox_id": Attribute(PRESENCE, _id_among(lambda at: at.inboxes), "an inbox of the account"),
    "team_id": Attribute(PRESENCE, _id_among(lambda at: at.teams), "a team of the account"),
    "assignee_id": Attribute(PRESENCE, _id_among(lambda at: at.agents), "an agent of the account"),
    "labels": Attribute(PRESENCE, _label, "a label of the account"),
    "name": _TEXT,
    "email": _TEXT,
    "phone_number": _TEXT,
    "company_name": _TEXT,
    "city": _TEXT,
    "country_code": _TEXT,
    "browser_language": _TEXT,
    "conversation_language": _TEXT,
    "referer": _TEXT,
    "mail_subject": _TEXT,
}

_OWN = "a text, a number, true or false"

_CONTACTS_MORE = ("company_name", "city", "country_code")
_CONVERSATIONS_MORE = ("browser_language", "conversation_language", "referer", "mail_subject")


def askable_in(account: Account, key: str, custom_type: str | None) -> Askable | None:
    """What a condition of this account's rules may ask under a key; nothing if there is no such."""
    if custom_type is not None:
        return Askable(WORDS | ORDER, _anything, _OWN, custom_type)
    found = ATTRIBUTES.get(key)
    if found is None:
        return None
    return Askable(found.operators, lambda value: found.understand(value, account), found.expected)


def values_of(row: dict[str, Any]) -> dict[str, Any]:
    """Everything conditions can ask about, out of a row of `desk.automation.look`."""
    of_contact, of_conversation = row["contact_more"], row["conversation_more"]
    known: dict[str, Any] = {
        "content": row["content"],
        "message_type": _word(MessageType, row["message_type"]),
        "private_note": row["private"],
        "status": ConversationStatus(row["status"]).word,
        "priority": _word(Priority, row["priority"]),
        "inbox_id": row["inbox_id"],
        "team_id": row["team_id"],
        "assignee_id": row["assignee_id"],
        "labels": row["labels"],
        "name": row["name"],
        "email": row["email"],
        "phone_number": row["phone_number"],
    }
    known |= {key: of_contact.get(key) for key in _CONTACTS_MORE}
    known["country_code"] = of_contact.get("country_code") or of_contact.get("country")
    known |= {key: of_conversation.get(key) for key in _CONVERSATIONS_MORE}
    for kind, own in zip(CUSTOM_TYPES, (row["own"], row["contacts_own"]), strict=True):
        known |= {f"{kind}:{key}": value for key, value in own.items()}
    return known


def _anything(value: Any) -> str | bool | None:
    return value if isinstance(value, bool) else any_text(value)


def _word(kind: type[MessageType] | type[Priority], code: int | None) -> str | None:
    return None if code is None else kind(code).word
