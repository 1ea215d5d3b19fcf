"""Make, change, copy and drop automation rules; what they may say is checked before."""

from typing import Any

import msgspec

from desk.events.automation import (
    AutomationRuleCreated,
    AutomationRuleDeleted,
    AutomationRuleUpdated,
)
from desk.store.transaction import TenantTx
from desk.tables.automation import AutomationRuleRow
from desk.words.actor import Actor
from desk.words.errors import Invalid, NotFound

LONGEST_NAME = 255


class RuleWanted(msgspec.Struct, frozen=True):
    """A rule as it is to be kept; its conditions and actions are known to make sense."""

    name: str
    event_name: str
    conditions: list[dict[str, Any]]
    actions: list[dict[str, Any]]
    description: str | None = None
    active: bool = True


async def keep_rule(tx: TenantTx, wanted: RuleWanted, *, by: Actor) -> int:
    """Make a rule; it is in force for everything that happens from now on."""
    rule = AutomationRuleRow(
        account_id=tx.account_id,
        name=_named(wanted.name),
        description=wanted.description,
        event_name=wanted.event_name,
        conditions=wanted.conditions,
        actions=wanted.actions,
        active=wanted.active,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.session.add(rule)
    await tx.session.flush()
    await _grow_version(tx)
    tx.record(AutomationRuleCreated(rule.id), by=by)
    return int(rule.id)


async def change_rule(tx: TenantTx, rule_id: int, wanted: RuleWanted, *, by: Actor) -> None:
    """Let the rule be as wanted."""
    rule = await rule_row(tx, rule_id)
    changes = msgspec.structs.asdict(wanted) | {"name": _named(wanted.name)}
    changed = [field for field, value in changes.items() if getattr(rule, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(rule, field, changes[field])
    rule.updated_at = tx.now
    await _grow_version(tx)
    tx.record(AutomationRuleUpdated(rule_id, sorted(changed)), by=by)


async def copy_rule(tx: TenantTx, rule_id: int, *, by: Actor) -> int:
    """Make the same rule once more, switched off until somebody has looked at it."""
    rule = await rule_row(tx, rule_id)
    return await keep_rule(
        tx,
        RuleWanted(
            f"{rule.name[: LONGEST_NAME - 7]} (copy)",
            rule.event_name,
            rule.conditions,
            rule.actions,
            rule.description,
            active=False,
        ),
        by=by,
    )


async def drop_rule(tx: TenantTx, rule_id: int, *, by: Actor) -> None:
    """End a rule; what it did stays on record."""
    rule = await rule_row(tx, rule_id)
    await tx.session.delete(rule)
    await tx.session.flush()
    await _grow_version(tx)
    tx.record(AutomationRuleDeleted(rule_id), by=by)


async def rule_row(tx: TenantTx, rule_id: int) -> AutomationRuleRow:
    """The rule, locked; raises NotFound."""
    rule = await tx.session.get(AutomationRuleRow, (tx.account_id, rule_id), with_for_update=True)
    if rule is None:
        raise NotFound("rule_not_found", "There is no such rule.")
    return rule


def _named(name: str) -> str:
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or "\x00" in name:
        raise Invalid(
            "rule_name_malformed",
            f"A rule needs a name of at most {LONGEST_NAME} characters.",
            field="name",
        )
    return name


async def _grow_version(tx: TenantTx) -> None:
    # Facts carry this number: whoever keeps rules at hand sees by it that theirs are older.
    await tx.execute(
        """insert into automation_versions (account_id, version) values (%s, 1)
           on conflict (account_id) do update set version = automation_versions.version + 1""",
        [tx.account_id],
    )
