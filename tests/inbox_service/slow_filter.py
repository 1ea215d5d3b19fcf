"""Random desks and random questions about them, with a slow and obvious reader's answers."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from desk.actions.define_attribute import AttributeWanted, define_attribute
from desk.rules.filters import OWN as BY_TYPE
from desk.rules.filters import STANDARD, Asked, Kind
from desk.store.desk import Desk
from desk.store.filters import CONVERSATIONS
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.custom_attributes import AttributeModel, AttributeType
from tests.builders.accounts import SmallDesk
from tests.builders.messages import receive, said

TODAY = date(2026, 11, 23)
WORDS = ["Oslo", "oslo bergen", "50%", "a_b", "Ærlig", " ", "", "100", None]
DAYS = ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23T08:00:00Z"]
OWN = {
    ("conversation_attribute", "tier"): AttributeType.TEXT,
    ("conversation_attribute", "weight"): AttributeType.NUMBER,
    ("conversation_attribute", "due"): AttributeType.DATE,
    ("contact_attribute", "gold"): AttributeType.CHECKBOX,
    ("contact_attribute", "spent"): AttributeType.CURRENCY,
}
_WEIGHTS = [1, 2.5, "2.50", "x", -3, None, 10]
_DUE = ["2026-11-20", "2026-11-22T10:00:00Z", "soon", None, ""]

Row = dict[Any, Any]


def condition(key: str, operator: Any, *values: Any, joint: Any = None, **more: Any) -> Row:
    return {
        "attribute_key": key,
        "filter_operator": operator,
        "values": list(values),
        "query_operator": joint,
        **more,
    }


def plain(value: Any) -> str:
    return "" if value is None else str(value).strip(" \t\r\n").lower()


def number(value: Any) -> float | None:
    try:
        return None if value is None or isinstance(value, bool) else float(value)
    except ValueError:
        return None


def slowly(kind: Kind, found: Any, operator: str, values: list[Any]) -> bool:
    """One comparison, as one would say it aloud."""
    opposite = {
        "not_equal_to": "equal_to",
        "does_not_contain": "contains",
        "is_not_present": "is_present",
    }
    if operator in opposite:
        return not slowly(kind, found, opposite[operator], values)
    if operator == "is_present":
        return found != [] if kind is Kind.LABELS else plain(found) != ""
    if kind is Kind.LABELS:
        return any(value in found for value in values)
    if found is None or plain(found) == "":
        return kind is Kind.CODE and "all" in values
    if kind is Kind.CODE:
        return "all" in values or found in values
    if kind in (Kind.MOMENT, Kind.DAY):
        day = found.date().isoformat() if isinstance(found, datetime) else str(found)[:10]
        if kind is Kind.DAY and not day.startswith("2026-"):
            return False
        if operator == "days_before":
            return any(day < (TODAY - timedelta(days=int(n))).isoformat() for n in values)
        compare: dict[str, Callable[[str, str], bool]] = {
            "is_greater_than": lambda a, b: a > b,
            "is_less_than": lambda a, b: a < b,
            "equal_to": lambda a, b: a == b,
        }
        return any(compare[operator](day, str(value)[:10]) for value in values)
    if kind is Kind.NUMBER:
        amount = number(found)
        if amount is None:
            return False
        return any(
            {
                "is_greater_than": amount > float(value),
                "is_less_than": amount < float(value),
                "equal_to": amount == float(value),
            }[operator]
            for value in values
        )
    text = plain(found)
    if operator == "contains":
        return any(plain(value) in text for value in values)
    if operator == "starts_with":
        return any(text.startswith(plain(value)) for value in values)
    return text in [plain(value) for value in values]


def all_slowly(asked: list[tuple[Row, Kind]], row: Row) -> bool:
    """AND binds more closely than OR."""
    words = []
    for one, kind in asked:
        of = one.get("custom_attribute_type")
        found = row[(of, one["attribute_key"])] if of else row[one["attribute_key"]]
        words.append(str(slowly(kind, found, one["filter_operator"], one["values"])))
        words.append((one["query_operator"] or "").lower())
    return bool(eval(" ".join(words)))


class Chance:
    """Random desks and random questions."""

    def __init__(self, seed: int, at: SmallDesk) -> None:
        self.random = random.Random(seed)
        self.at = at

    def values(self, key: str, kind: Kind, asked: Asked, operator: str) -> list[Any]:
        pick = self.random.choice
        if operator in ("is_present", "is_not_present"):
            return []
        if operator == "days_before":
            return [pick([0, 1, "2"])]
        many = self.random.randint(1, 2)
        match kind:
            case Kind.CODE:
                return [pick([*asked.words, "all"] if key == "status" else asked.words)]
            case Kind.ID:
                known = [self.at.agent, self.at.administrator, self.at.inbox, self.at.team, 999999]
                return [pick([one, str(one)]) for one in self.random.sample(known, many)]
            case Kind.LABELS:
                return self.random.sample(["vip", "refund", "nosuch"], many)
            case Kind.FLAG:
                return [pick([True, "false"])]
            case Kind.MOMENT | Kind.DAY:
                return [pick(DAYS) for _ in range(many)]
            case Kind.NUMBER:
                return [pick([1, "2.5", -3, 7]) for _ in range(many)]
            case Kind.TEXT:
                return [pick(["oslo", "50%", "_", "Æ", "100", "1", "o"]) for _ in range(many)]

    def question(self, of: AttributeModel) -> list[tuple[Row, Kind]]:
        asked: list[tuple[Row, Kind]] = []
        choices: list[tuple[str, str | None, Asked]] = [
            (key, None, one) for key, one in STANDARD[of].items()
        ]
        for (model, key), type_ in OWN.items():
            if of is CONVERSATIONS or model == "contact_attribute":
                choices.append((key, model, BY_TYPE[type_]))
        for _ in range(self.random.randint(1, 4)):
            key, own, one = self.random.choice(choices)
            operator = self.random.choice(sorted(one.operators))
            more = {"custom_attribute_type": own} if own else {}
            joint = self.random.choice(["AND", "or"])
            values = self.values(key, one.kind, one, operator)
            asked.append((condition(key, operator, *values, joint=joint, **more), one.kind))
        asked[-1][0]["query_operator"] = None
        return asked


async def random_desk(desk: Desk, at: SmallDesk, chance: Chance) -> None:
    """Thirty conversations of as many contacts, with everything that can be asked about."""
    await receive(desk, at, *[said(str(n), sender=f"4790{n:04}") for n in range(30)])
    async with desk.transaction(at.account_id) as tx:
        for (model, key), type_ in OWN.items():
            wanted = AttributeWanted(AttributeModel.from_word(model), key, key, type_)
            await define_attribute(tx, wanted, by=Actor.system())
        labels = await tx.all("select id from labels where title in ('vip', 'refund')")
        pick, some = chance.random.choice, chance.random.sample
        for row in await tx.all("select id, contact_id, last_chat_message_id from conversations"):
            when = datetime(2026, 11, pick([20, 21, 22, 23]), pick([0, 12, 23]), tzinfo=UTC)
            parameters: dict[str, Any] = {
                "id": row["id"],
                "contact": row["contact_id"],
                "message": row["last_chat_message_id"],
                "status": pick([0, 1, 2, 3]),
                "priority": pick([None, 0, 1, 2, 3]),
                "assignee": pick([None, at.agent, at.administrator]),
                "team": pick([None, at.team]),
                "labels": [one["id"] for one in some(labels, pick([0, 1, 2]))],
                "when": when,
                "referer": pick(WORDS),
                "tier": pick(WORDS),
                "weight": Jsonb(pick(_WEIGHTS)),
                "due": pick(_DUE),
                "content": pick(WORDS),
                "private": pick([True, False]),
                "type": pick([0, 1]),
                "name": pick(WORDS) or "",
                "city": pick(WORDS),
                "gold": pick([True, False, "true", None]),
                "spent": pick(_WEIGHTS),
                "blocked": pick([True, False]),
                "seen": pick([None, when]),
            }
            await tx.execute(_CONVERSATION, parameters)
            await tx.execute(_CONTACT, parameters)
            await tx.execute(_MESSAGE, parameters)


_CONVERSATION = """
update conversations set status = %(status)s, priority = %(priority)s, assignee_id = %(assignee)s,
    team_id = %(team)s, label_ids = %(labels)s::bigint[], created_at = %(when)s,
    last_activity_at = %(when)s, additional_attributes = jsonb_build_object('referer', %(referer)s::text),
    custom_attributes = jsonb_build_object('tier', %(tier)s::text, 'due', %(due)s::text)
        || jsonb_build_object('weight', %(weight)s::jsonb)
where id = %(id)s"""
_CONTACT = """
update contacts set name = %(name)s, blocked = %(blocked)s, label_ids = %(labels)s::bigint[],
    created_at = %(when)s, last_activity_at = %(seen)s,
    additional_attributes = jsonb_build_object('city', %(city)s::text),
    custom_attributes = jsonb_build_object('gold', %(gold)s::text, 'spent', %(spent)s::text)
where id = %(contact)s"""
_MESSAGE = """
update messages set content = %(content)s, private = %(private)s, message_type = %(type)s
where id = %(message)s"""


async def looked_at(tx: TenantTx) -> tuple[dict[int, Row], dict[int, Row]]:
    """Everything there is, as plain dictionaries: conversations and contacts by id."""
    titles = {row["id"]: row["title"] for row in await tx.all("select id, title from labels")}
    contacts: dict[int, Row] = {}
    for row in await tx.all("select * from contacts"):
        more, own = row["additional_attributes"], row["custom_attributes"]
        contacts[row["id"]] = row | {
            "labels": [titles[one] for one in row["label_ids"]],
            "blocked": "true" if row["blocked"] else "false",
            "city": more.get("city"),
            "company_name": more.get("company_name"),
            "country_code": more.get("country_code"),
            ("contact_attribute", "gold"): own["gold"],
            ("contact_attribute", "spent"): own["spent"],
        }
    conversations: dict[int, Row] = {}
    messages = {row["id"]: row for row in await tx.all("select * from messages")}
    words = {key: one.words for key, one in STANDARD[CONVERSATIONS].items()}
    for row in await tx.all("select * from conversations"):
        more, own = row["additional_attributes"], row["custom_attributes"]
        last = messages[row["last_chat_message_id"]]
        priority = row["priority"]
        seen: Row = {
            "labels": [titles[one] for one in row["label_ids"]],
            "status": words["status"][row["status"]],
            "priority": None if priority is None else words["priority"][priority],
            "content": last["content"],
            "private_note": "true" if last["private"] else "false",
            "message_type": words["message_type"][last["message_type"]],
            **{
                key: more.get(key)
                for key in (
                    "referer",
                    "mail_subject",
                    "browser_language",
                    "conversation_language",
                    "campaign_id",
                )
            },
            **{("conversation_attribute", key): own[key] for key in ("tier", "weight", "due")},
        }
        conversations[row["id"]] = contacts[row["contact_id"]] | row | seen
    return conversations, contacts
