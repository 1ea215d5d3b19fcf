"""How a demo company works: what happens by itself, what is answered ready-made, who meets visitors."""

from typing import Any

from msgspec import Struct

from desk.access.audience import Viewer
from desk.actions.employ_bot import employ_bot
from desk.actions.keep_canned_response import create_canned_response
from desk.actions.keep_macro import MacroWanted, keep_macro
from desk.actions.keep_rule import keep_rule
from desk.actions.keep_sla_policy import SlaPolicyWanted, add_sla_policy
from desk.automation.check import RuleGiven, checked, checked_macro
from desk.local.demo.company import Company
from desk.store.secrets import SecretBox
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.ids import TeamId, UserId
from desk.words.macros import Visibility
from desk.words.people import Role

_CANNED = (
    ("hello", "Hello {{contact.first_name}}, thanks for writing to {company}. How can I help?"),
    ("checking", "Thank you, {{contact.first_name}}. I am looking into it and come back to you."),
    ("sorry", "I am sorry for the trouble, {{contact.first_name}}. Let me put that right."),
    ("details", "Could you send me your reference number and, if you have one, a picture?"),
    ("waiting", "We wait for an answer from a colleague. I will write as soon as I know more."),
    ("done", "That is settled now. Is there anything else I can do for you?"),
    ("hours", "You reach us at support@{domain} at any hour, and a person answers when we open."),
    ("bye", "You are welcome, {{contact.first_name}}. Kind regards, {{agent.name}}, {company}"),
)


_PROMISED = SlaPolicyWanted(
    "Answered in half an hour",
    "While the inbox is open; settled within a working day",
    first_response_time_threshold=1_800,
    next_response_time_threshold=3_600,
    resolution_time_threshold=28_800,
    only_during_business_hours=True,
)


class _Trigger(Struct, frozen=True):
    """A word in customers' messages, and whose it is in a company of this trade."""

    word: str
    label: str
    team: str


_TRIGGERS = {
    "airline": _Trigger("refund", "refund", "refunds"),
    "bank": _Trigger("card", "card", "cards"),
    "insurer": _Trigger("claim", "claim", "claims"),
    "shop": _Trigger("return", "return", "returns"),
    "telecom": _Trigger("bill", "bill", "billing"),
    "software": _Trigger("invoice", "invoice", "billing"),
}


async def lay_down_habits(
    tx: TenantTx,
    secrets: SecretBox,
    company: Company,
    teams: dict[str, TeamId],
    people: dict[str, UserId],
) -> None:
    """Canned responses, what is promised, automation rules and macros, written once."""
    known = await tx.first(
        "select from canned_responses where account_id = %s limit 1", [tx.account_id]
    )
    if known is not None:
        return
    by = Actor.system()
    for code, text in _CANNED:
        filled = text.replace("{company}", company.name).replace("{domain}", company.domain)
        await create_canned_response(tx, code, filled, by=by)
    promised = await add_sla_policy(tx, _PROMISED, by=by)
    for rule in _rules(company, teams, promised):
        await keep_rule(tx, await checked(tx, rule, secrets=secrets), by=by)
    who = next(agent for agent in company.agents if agent.administrator)
    maker = Viewer(tx.account_id, people[who.key], Role.ADMINISTRATOR, frozenset())
    for name, visibility, actions in _macros(company, teams):
        fit = await checked_macro(tx, actions, secrets=secrets)
        await keep_macro(tx, maker, MacroWanted(name, fit, visibility))


def _rules(company: Company, teams: dict[str, TeamId], promised: int) -> list[RuleGiven]:
    trigger = _TRIGGERS[company.trade]
    actions: list[dict[str, Any]] = [
        {"action_name": "add_label", "action_params": [trigger.label]},
        {"action_name": "assign_team", "action_params": [teams[trigger.team]]},
    ]
    return [
        RuleGiven(
            f"“{trigger.word}” is {trigger.label}",
            "message_created",
            [_says(trigger.word)],
            actions,
            "What customers write sorts itself.",
        ),
        RuleGiven(
            "Whoever is angry goes first",
            "message_created",
            [_says("unacceptable", "OR"), _says("lawyer", "OR"), _says("complaint")],
            [{"action_name": "change_priority", "action_params": ["urgent"]}],
            "Words that should not wait.",
        ),
        RuleGiven(
            "What everybody is promised",
            "conversation_created",
            [],
            [{"action_name": "add_sla", "action_params": [promised]}],
            "An answer within half an hour while we are open.",
        ),
    ]


def _macros(
    company: Company, teams: dict[str, TeamId]
) -> list[tuple[str, Visibility, list[dict[str, Any]]]]:
    trigger = _TRIGGERS[company.trade]
    return [
        (
            f"Hand over: {trigger.label}",
            Visibility.GLOBAL,
            [
                _does("assign_team", teams[trigger.team]),
                _does("remove_assigned_agent"),
                _does("add_label", trigger.label),
                _does("add_private_note", "One for you: what was asked is above."),
            ],
        ),
        (
            "Thank and settle",
            Visibility.GLOBAL,
            [
                _does("send_message", f"That is settled. Thank you for writing to {company.name}."),
                _does("resolve_conversation"),
            ],
        ),
        (
            "I take this one, at once",
            Visibility.PERSONAL,
            [_does("assign_agent", "self"), _does("change_priority", "urgent")],
        ),
    ]


def _does(name: str, *params: Any) -> dict[str, Any]:
    return {"action_name": name, "action_params": list(params)}


def _says(word: str, then: str | None = None) -> dict[str, Any]:
    return {
        "attribute_key": "content",
        "filter_operator": "contains",
        "values": [word],
        "query_operator": then,
    }


async def the_bot(tx: TenantTx, secrets: SecretBox, company: Company) -> Actor | None:
    """The bot that meets visitors, taken on where it is not yet."""
    if company.bot is None:
        return None
    known = await tx.first(
        "select id from agent_bots where account_id = %s and name = %s",
        [tx.account_id, company.bot],
    )
    if known is not None:
        return Actor.bot(known["id"])
    return await employ_bot(
        tx,
        company.bot,
        by=Actor.system(),
        secrets=secrets,
        description=f"Meets visitors of {company.domain}.",
    )
