"""Automation rules: made, changed, copied, dropped; and what they did."""

from typing import Any

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_rule import change_rule, copy_rule, drop_rule, keep_rule, rule_row
from desk.automation.actions.create_external_ticket import CreateExternalTicket, hidden
from desk.automation.check import RuleGiven, checked
from desk.store import automation as automation_store
from desk.store.conversations import conversation_by_number
from desk.store.desk import Desk
from desk.store.transaction import TenantTx
from desk.words.actor import Actor
from desk.words.ids import DisplayId

Unset = msgspec.UnsetType


class AutomationRule(msgspec.Struct):
    """What is to happen by itself, when, and if what."""

    id: int
    account_id: int
    name: str
    description: str | None
    event_name: str
    conditions: list[Any]
    actions: list[Any]
    """Tokens in them are not shown; what stands in their place may be sent back."""
    created_on: int
    active: bool
    runs_count: int
    """How often it fired; only its newest 10,000 runs are counted here and below."""
    stopped_count: int
    """How often it was stopped because it went in a circle."""
    failed_count: int
    """How many firings had an action that failed."""
    last_run_at: int | None
    last_error: str | None


class RuleList(msgspec.Struct):
    """All of them, as Chatwoot wraps them."""

    payload: list[AutomationRule]


class OneRule(msgspec.Struct):
    """One of them, as Chatwoot wraps it."""

    payload: AutomationRule


class Run(msgspec.Struct):
    """One firing: on what, why, and what came of it."""

    id: int
    rule_id: int
    rule_name: str
    event_name: str
    event_id: int
    conversation_id: int
    """The conversation's number."""
    contact_name: str
    stopped: str | None
    """Why it did not go on; null: it did."""
    conditions: list[Any]
    """Each with what was `found` and whether it `held`."""
    actions: list[Any]
    """Each with its `ending` (done, nothing, queued, skipped or failed) and `detail`."""
    created_at: int


class RunList(msgspec.Struct):
    """The newest firings of a rule, 25 at a time; `before` an id goes further back."""

    payload: list[Run]


class CreateRule(msgspec.Struct):
    """Make a rule."""

    name: str
    event_name: str
    actions: list[Any]
    conditions: list[Any] = msgspec.field(default_factory=list)
    description: str | None = None
    active: bool = True


class UpdateRule(msgspec.Struct):
    """What can be changed about a rule."""

    name: str | Unset = msgspec.UNSET
    event_name: str | Unset = msgspec.UNSET
    actions: list[Any] | Unset = msgspec.UNSET
    conditions: list[Any] | Unset = msgspec.UNSET
    description: str | Unset | None = msgspec.UNSET
    active: bool | Unset = msgspec.UNSET


@get(
    "/automation_rules",
    operation_id="get-account-automation-rule",
    opt={"needs": Permission.DESK_MANAGE},
)
async def list_rules(desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]) -> RuleList:
    """The account's rules, in the order in which they are asked."""
    async with desk.transaction(viewer.account_id) as tx:
        return RuleList([_shown(row) for row in await automation_store.rules(tx)])


@get(
    "/automation_rules/{rule_id:int}",
    operation_id="get-details-of-a-single-automation-rule",
    opt={"needs": Permission.DESK_MANAGE},
)
async def get_rule(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], rule_id: FromPath[int]
) -> OneRule:
    """One rule."""
    async with desk.transaction(viewer.account_id) as tx:
        return OneRule(await _rule(tx, rule_id))


@post(
    "/automation_rules",
    operation_id="add-new-automation-rule-to-account",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def create_rule(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[CreateRule]
) -> AutomationRule:
    """Make a rule; it is in force for everything that happens from now on."""
    given = RuleGiven(**msgspec.structs.asdict(data))
    async with desk.transaction(viewer.account_id) as tx:
        wanted = await checked(tx, given, secrets=desk.secrets)
        rule_id = await keep_rule(tx, wanted, by=Actor.user(viewer.user_id))
        return await _rule(tx, rule_id)


@patch(
    "/automation_rules/{rule_id:int}",
    operation_id="update-automation-rule-in-account",
    opt={"needs": Permission.DESK_MANAGE},
)
async def update_rule(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    rule_id: FromPath[int],
    data: JSONBody[UpdateRule],
) -> OneRule:
    """Change a rule, or switch it on or off with `active`."""
    changes: dict[str, Any] = msgspec.to_builtins(data)
    async with desk.transaction(viewer.account_id) as tx:
        rule = await rule_row(tx, rule_id)
        now = {
            "name": rule.name,
            "event_name": rule.event_name,
            "conditions": rule.conditions,
            "actions": _hidden(rule.actions),
            "description": rule.description,
            "active": rule.active,
        }
        given = RuleGiven(**(now | changes))
        wanted = await checked(tx, given, secrets=desk.secrets, kept=rule.actions)
        await change_rule(tx, rule_id, wanted, by=Actor.user(viewer.user_id))
        return OneRule(await _rule(tx, rule_id))


@post(
    "/automation_rules/{rule_id:int}/clone",
    operation_id="clone-automation-rule",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def clone_rule(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], rule_id: FromPath[int]
) -> OneRule:
    """Make the same rule once more, switched off."""
    async with desk.transaction(viewer.account_id) as tx:
        copied = await copy_rule(tx, rule_id, by=Actor.user(viewer.user_id))
        return OneRule(await _rule(tx, copied))


@delete(
    "/automation_rules/{rule_id:int}",
    operation_id="delete-automation-rule-from-account",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def delete_rule(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], rule_id: FromPath[int]
) -> None:
    """End a rule; what it did stays on record."""
    async with desk.transaction(viewer.account_id) as tx:
        await drop_rule(tx, rule_id, by=Actor.user(viewer.user_id))


@get(
    "/automation_rules/{rule_id:int}/runs",
    operation_id="list-automation-runs",
    opt={"needs": Permission.DESK_MANAGE},
)
async def list_runs(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    rule_id: FromPath[int],
    before: FromQuery[int | None] = None,
) -> RunList:
    """What a rule did, newest first, also when the rule is no more."""
    async with desk.transaction(viewer.account_id) as tx:
        rows = await automation_store.runs_of_rule(tx, rule_id, before=before)
        if not rows and before is None:
            await automation_store.rule(tx, rule_id)
        return RunList([Run(**row) for row in rows])


@get(
    "/conversations/{conversation_id:int}/automation_runs/{run_id:int}",
    operation_id="get-automation-run-of-a-conversation",
    opt={"needs": Permission.CONVERSATIONS_READ},
)
async def get_run(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    conversation_id: FromPath[int],
    run_id: FromPath[int],
) -> Run:
    """Why a rule did something in a conversation."""
    async with desk.transaction(viewer.account_id) as tx:
        conversation = await conversation_by_number(
            tx, DisplayId(conversation_id), viewer, even_merged=True
        )
        return Run(**await automation_store.run(tx, run_id, conversation.id))


async def _rule(tx: TenantTx, rule_id: int) -> AutomationRule:
    await tx.session.flush()
    return _shown(await automation_store.rule(tx, rule_id))


def _shown(row: dict[str, Any]) -> AutomationRule:
    return AutomationRule(**{**row, "actions": _hidden(row["actions"])})


def _hidden(actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**action, "action_params": hidden(action["action_params"])}
        if action["action_name"] == CreateExternalTicket.name
        else action
        for action in actions
    ]


router = Router(
    "",
    route_handlers=[
        list_rules,
        get_rule,
        create_rule,
        update_rule,
        clone_rule,
        delete_rule,
        list_runs,
        get_run,
    ],
    tags=["Automation"],
)
