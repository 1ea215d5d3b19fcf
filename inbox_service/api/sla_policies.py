"""SLA policies: what the account promises its customers."""

from typing import Any

import msgspec
from litestar import Router, delete, get, post, route
from litestar.di import NamedDependency
from litestar.enums import HttpMethod
from litestar.params import FromPath, JSONBody

from desk.access.audience import Viewer
from desk.access.permissions import Permission
from desk.actions.keep_sla_policy import (
    SlaPolicyWanted,
    add_sla_policy,
    change_sla_policy,
    drop_sla_policy,
)
from desk.store import sla as sla_store
from desk.store.desk import Desk
from desk.store.transaction import TenantTx

Unset = msgspec.UnsetType


class SlaPolicy(msgspec.Struct):
    """What is promised; thresholds in seconds, null is not promised."""

    id: int
    name: str
    description: str | None
    first_response_time_threshold: float | None
    next_response_time_threshold: float | None
    resolution_time_threshold: float | None
    only_during_business_hours: bool


class SlaPolicyPayload(msgspec.Struct):
    """One policy, as Chatwoot wraps it."""

    payload: SlaPolicy


class SlaPoliciesPayload(msgspec.Struct):
    """All policies, as Chatwoot wraps them."""

    payload: list[SlaPolicy]


class SlaPolicyChanged(msgspec.Struct):
    """What can be changed about one; it counts for conversations that get it from now on."""

    name: str | Unset = msgspec.UNSET
    description: str | Unset | None = msgspec.UNSET
    first_response_time_threshold: float | Unset | None = msgspec.UNSET
    next_response_time_threshold: float | Unset | None = msgspec.UNSET
    resolution_time_threshold: float | Unset | None = msgspec.UNSET
    only_during_business_hours: bool | Unset = msgspec.UNSET


@get("/sla_policies", operation_id="list-sla-policies", opt={"needs": Permission.DESK_READ})
async def list_policies(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer]
) -> SlaPoliciesPayload:
    """All that can be applied."""
    async with desk.transaction(viewer.account_id) as tx:
        return SlaPoliciesPayload([SlaPolicy(**row) for row in await sla_store.sla_policies(tx)])


@get(
    "/sla_policies/{policy_id:int}",
    operation_id="get-an-sla-policy",
    opt={"needs": Permission.DESK_READ},
)
async def get_policy(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], policy_id: FromPath[int]
) -> SlaPolicyPayload:
    """One policy."""
    async with desk.transaction(viewer.account_id) as tx:
        return await _shown(tx, policy_id)


@post(
    "/sla_policies",
    operation_id="add-an-sla-policy",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def add_policy(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], data: JSONBody[SlaPolicyWanted]
) -> SlaPolicyPayload:
    """Promise something new."""
    async with desk.transaction(viewer.account_id) as tx:
        policy_id = await add_sla_policy(tx, data, by=viewer.actor)
        return await _shown(tx, policy_id)


@route(
    "/sla_policies/{policy_id:int}",
    http_method=[HttpMethod.PATCH, HttpMethod.PUT],
    operation_id=lambda _handler, method, _paths: (
        "change-an-sla-policy" if method == "PATCH" else "replace-an-sla-policy"
    ),
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def change_policy(
    desk: NamedDependency[Desk],
    viewer: NamedDependency[Viewer],
    policy_id: FromPath[int],
    data: JSONBody[SlaPolicyChanged],
) -> SlaPolicyPayload:
    """Rename it or promise something else from now on; what was promised stays as it was."""
    changes: dict[str, Any] = msgspec.to_builtins(data)
    async with desk.transaction(viewer.account_id) as tx:
        await change_sla_policy(tx, policy_id, changes, by=viewer.actor)
        await tx.session.flush()
        return await _shown(tx, policy_id)


@delete(
    "/sla_policies/{policy_id:int}",
    operation_id="drop-an-sla-policy",
    opt={"needs": Permission.DESK_MANAGE},
    status_code=200,
)
async def drop_policy(
    desk: NamedDependency[Desk], viewer: NamedDependency[Viewer], policy_id: FromPath[int]
) -> None:
    """Promise it to nobody any more; conversations that have it keep it."""
    async with desk.transaction(viewer.account_id) as tx:
        await drop_sla_policy(tx, policy_id, by=viewer.actor)


async def _shown(tx: TenantTx, policy_id: int) -> SlaPolicyPayload:
    return SlaPolicyPayload(SlaPolicy(**await sla_store.sla_policy(tx, policy_id)))


router = Router(
    "",
    route_handlers=[list_policies, get_policy, add_policy, change_policy, drop_policy],
    tags=["SLA"],
)
