"""Roles that an account makes for itself."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.define_role import create_role, delete_role, update_role
from desk.store import roles as role_store
from desk.store.desk import Desk
from desk.words.actor import Actor
from inbox_service.auth.people import People

UNSET = msgspec.UNSET


class CustomRole(msgspec.Struct):
    """What agents with this role may do beyond what every agent may."""

    id: int
    name: str
    description: str | None
    permissions: list[str]
    created_at: datetime
    updated_at: datetime


class RoleFields(msgspec.Struct):
    """What a role is made of."""

    name: str | msgspec.UnsetType = UNSET
    description: str | msgspec.UnsetType | None = UNSET
    permissions: list[str] | msgspec.UnsetType = UNSET


class WriteRole(RoleFields):
    """The fields themselves, or within `custom_role` as Chatwoot's own page sends them."""

    custom_role: RoleFields | None = None

    def given(self) -> dict[str, Any]:
        """What was sent, by name."""
        fields: dict[str, Any] = msgspec.to_builtins(self.custom_role or self)
        fields.pop("custom_role", None)
        return fields


@get("/custom_roles", operation_id="list-custom-roles", opt={"needs": Permission.DESK_MANAGE})
async def list_roles(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]
) -> list[CustomRole]:
    """The account's own roles."""
    async with desk.transaction(viewer.account_id) as tx:
        return [CustomRole(**row) for row in await role_store.roles(tx)]


@get(
    "/custom_roles/{role_id:int}",
    operation_id="get-a-custom-role",
    opt={"needs": Permission.DESK_MANAGE},
)
async def get_role(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], role_id: FromPath[int]
) -> CustomRole:
    """One role."""
    async with desk.transaction(viewer.account_id) as tx:
        return CustomRole(**await role_store.role(tx, role_id))


@post(
    "/custom_roles",
    operation_id="create-a-custom-role",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def add_role(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[WriteRole]
) -> CustomRole:
    """Make a role; it is given to agents with `custom_role_id`."""
    given = data.given()
    async with desk.transaction(viewer.account_id) as tx:
        role_id = await create_role(
            tx,
            given.get("name", ""),
            given.get("permissions", []),
            description=given.get("description"),
            by=Actor.user(viewer.user_id),
        )
        return CustomRole(**await role_store.role(tx, role_id))


@patch(
    "/custom_roles/{role_id:int}",
    operation_id="update-a-custom-role",
    opt={"needs": Permission.DESK_MANAGE},
)
async def change_role(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    people: NamedDependency[People],
    role_id: FromPath[int],
    data: JSONBody[WriteRole],
) -> CustomRole:
    """Change a role for all who have it."""
    async with desk.transaction(viewer.account_id) as tx:
        await update_role(tx, role_id, data.given(), by=Actor.user(viewer.user_id))
        role = CustomRole(**await role_store.role(tx, role_id))
    people.forget_account(viewer.account_id)
    return role


@delete(
    "/custom_roles/{role_id:int}",
    operation_id="delete-a-custom-role",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def remove_role(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    people: NamedDependency[People],
    role_id: FromPath[int],
) -> None:
    """Take a role from everybody who has it, and away."""
    async with desk.transaction(viewer.account_id) as tx:
        await delete_role(tx, role_id, by=Actor.user(viewer.user_id))
    people.forget_account(viewer.account_id)


router = Router(
    "",
    route_handlers=[list_roles, get_role, add_role, change_role, remove_role],
    tags=["Custom roles"],
)
