"""Roles that an account makes for itself, and who has them."""

from collections.abc import Sequence
from typing import Any

from desk.access.permissions import GRANTS
from desk.events.roles import (
    AgentCustomRoleChanged,
    CustomRoleCreated,
    CustomRoleDeleted,
    CustomRoleUpdated,
)
from desk.store.transaction import TenantTx
from desk.tables.accounts import AccountUserRow
from desk.tables.roles import CustomRoleRow
from desk.words.actor import Actor
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.ids import UserId


async def create_role(
    tx: TenantTx,
    name: str,
    permissions: Sequence[str],
    *,
    description: str | None = None,
    by: Actor,
) -> int:
    """Make a role; names are the account's own."""
    row = CustomRoleRow(
        account_id=tx.account_id,
        name=await _free_name(tx, name),
        description=description,
        permissions=_known(permissions),
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.record(CustomRoleCreated(row.id, list(row.permissions)), by=by)
    return row.id


async def update_role(tx: TenantTx, role_id: int, changes: dict[str, Any], *, by: Actor) -> None:
    """Rename a role, describe it anew, or change what it permits to all who have it."""
    row = await _locked(tx, role_id)
    new = dict(changes)
    if "name" in new:
        new["name"] = await _free_name(tx, new["name"], but=role_id)
    if "permissions" in new:
        new["permissions"] = _known(new["permissions"])
    changed = {name: value for name, value in new.items() if getattr(row, name) != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(row, name, value)
    row.updated_at = tx.now
    tx.record(CustomRoleUpdated(role_id, sorted(changed), list(row.permissions)), by=by)


async def delete_role(tx: TenantTx, role_id: int, *, by: Actor) -> None:
    """Take it from everybody who has it, and away."""
    row = await _locked(tx, role_id)
    losing = await tx.all(
        """update account_users set custom_role_id = null
           where account_id = %s and custom_role_id = %s returning user_id""",
        [tx.account_id, role_id],
    )
    for one in losing:
        tx.record(AgentCustomRoleChanged(UserId(one["user_id"]), role_id, None), by=by)
    await tx.session.delete(row)
    tx.record(CustomRoleDeleted(role_id), by=by)


async def give_role(tx: TenantTx, user_id: UserId, role_id: int | None, *, by: Actor) -> None:
    """Give an agent a custom role beside their role, or none."""
    member = await tx.session.get(AccountUserRow, (tx.account_id, user_id), with_for_update=True)
    if member is None:
        raise NotFound("agent_not_found", "There is no such agent in this account.")
    if member.custom_role_id == role_id:
        return
    if role_id is not None and (
        await tx.session.get(CustomRoleRow, (tx.account_id, role_id), with_for_update=True) is None
    ):
        raise Invalid("unknown_role", "There is no such custom role.", field="custom_role_id")
    tx.record(AgentCustomRoleChanged(user_id, member.custom_role_id, role_id), by=by)
    member.custom_role_id = role_id


async def _free_name(tx: TenantTx, name: str, *, but: int = 0) -> str:
    name = name.strip()
    if not name:
        raise Invalid("name_is_empty", "A role needs a name.", field="name")
    taken = await tx.first(
        "select from custom_roles where account_id = %s and name = %s and id <> %s",
        [tx.account_id, name, but],
    )
    if taken is not None:
        raise Conflict("role_exists", f"There is already a role {name}.", field="name")
    return name


def _known(permissions: Sequence[str]) -> list[str]:
    unknown = sorted(set(permissions) - GRANTS.keys())
    if unknown:
        raise Invalid(
            "unknown_permission",
            f"No permission of a role: {', '.join(unknown)}. There are {', '.join(GRANTS)}.",
            field="permissions",
        )
    return sorted(set(permissions))


async def _locked(tx: TenantTx, role_id: int) -> CustomRoleRow:
    row = await tx.session.get(CustomRoleRow, (tx.account_id, role_id), with_for_update=True)
    if row is None:
        raise NotFound("role_not_found", "There is no such custom role.")
    return row
