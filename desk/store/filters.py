"""Filters as SQL: one condition on a row of conversations `c` or of contacts `k`."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from desk.rules.conditions import Condition, grouped
from desk.rules.filters import AttributeTypes, Kind, asked_about, read_filter
from desk.store.comparisons import compared
from desk.store.custom_attributes import attribute_types
from desk.store.transaction import TenantTx
from desk.words.custom_attributes import AttributeModel

CONVERSATIONS = AttributeModel.CONVERSATION_ATTRIBUTE
CONTACTS = AttributeModel.CONTACT_ATTRIBUTE


class Clause(msgspec.Struct, frozen=True):
    """A condition in SQL with its values; always in brackets."""

    sql: str
    parameters: dict[str, Any]


_OF_CONTACT = {
    "name": "k.name",
    "email": "k.email",
    "phone_number": "k.phone_number",
    "identifier": "k.identifier",
    "company_name": "k.additional_attributes ->> 'company_name'",
    "city": "k.additional_attributes ->> 'city'",
    "country_code": "coalesce(nullif(k.additional_attributes ->> 'country_code', ''), "
    "k.additional_attributes ->> 'country')",
    "labels": "k.label_ids",
    "created_at": "k.created_at",
    "last_activity_at": "k.last_activity_at",
    "blocked": "k.blocked",
}
_CONTACT_OF_CONVERSATION = (
    "name",
    "email",
    "phone_number",
    "company_name",
    "city",
    "country_code",
)

_LAST_MESSAGE = "(select m.{} from messages m where m.account_id = c.account_id and m.id = c.last_chat_message_id)"

_OF_CONVERSATION = {
    "status": "c.status",
    "priority": "c.priority",
    "assignee_id": "c.assignee_id",
    "inbox_id": "c.inbox_id",
    "team_id": "c.team_id",
    "contact_id": "c.contact_id",
    "display_id": "c.display_id::text",
    "labels": "c.label_ids",
    "created_at": "c.created_at",
    "last_activity_at": "c.last_activity_at",
    **{
        key: f"c.additional_attributes ->> '{key}'"
        for key in (
            "campaign_id",
            "browser_language",
            "conversation_language",
            "referer",
            "mail_subject",
        )
    },
    # As rules see a conversation: by the latest that was said in it.
    "content": _LAST_MESSAGE.format("content"),
    "message_type": _LAST_MESSAGE.format("message_type"),
    "private_note": _LAST_MESSAGE.format("private"),
}


async def filter_clause(tx: TenantTx, given: Any, of: AttributeModel) -> Clause:
    """What a filter's payload asks; raises Invalid naming the field that makes no sense."""
    own = await attribute_types(tx)
    conditions = read_filter(given, of, own)
    wanted = {
        title
        for condition in conditions
        if asked_about(condition, of, own).kind is Kind.LABELS
        for title in condition.values
    }
    labels = await _label_ids(tx, wanted) if wanted else {}
    return clause_of(conditions, of, own, labels, tx.now.date())


def clause_of(
    conditions: Sequence[Condition],
    of: AttributeModel,
    own: AttributeTypes,
    labels: dict[str, int],
    today: date,
) -> Clause:
    """The conditions joined as they say: AND binds more closely, as everywhere."""
    parameters: dict[str, Any] = {"today": today}
    parts = [
        _condition(condition, n, of, own, labels, parameters)
        for n, condition in enumerate(conditions)
    ]
    groups = [f"({' and '.join(group)})" for group in grouped(conditions, parts)]
    return Clause(f"({' or '.join(groups) or 'true'})", parameters)


async def _label_ids(tx: TenantTx, titles: set[Any]) -> dict[str, int]:
    rows = await tx.all(
        "select id, title::text as title from labels where account_id = %s and title = any(%s)",
        [tx.account_id, sorted(titles)],
    )
    return {row["title"]: row["id"] for row in rows}


def _condition(
    condition: Condition,
    n: int,
    of: AttributeModel,
    own: AttributeTypes,
    labels: dict[str, int],
    parameters: dict[str, Any],
) -> str:
    kind = asked_about(condition, of, own).kind
    value, of_contact = _stored(condition, kind, n, of, parameters)
    values: Sequence[Any] = condition.values
    if kind is Kind.LABELS:
        values = [labels[title] for title in map(str, values) if title in labels]
    held, parameters[f"f{n}"] = compared(
        kind, value, condition.filter_operator, values, f"%(f{n})s", parameters["today"]
    )
    if of is CONVERSATIONS and of_contact:
        # Contacts are looked through once, rather than once for each conversation.
        whose = "k.account_id = %(account_id)s"
        return f"c.contact_id in (select k.id from contacts k where {whose} and {held})"
    return held


def _stored(
    condition: Condition, kind: Kind, n: int, of: AttributeModel, parameters: dict[str, Any]
) -> tuple[str, bool]:
    """Where the value stands, and whether that is a contact."""
    key = condition.attribute_key
    if condition.custom_attribute_type is None:
        if of is CONTACTS or key in _CONTACT_OF_CONVERSATION:
            return _OF_CONTACT[key], True
        return _OF_CONVERSATION[key], False
    parameters[f"k{n}"] = key
    arrow = "->" if kind is Kind.NUMBER else "->>"
    if condition.custom_attribute_type == CONTACTS.word:
        return f"k.custom_attributes {arrow} %(k{n})s", True
    return f"c.custom_attributes {arrow} %(k{n})s", False
