"""Promise service levels, change what is promised, and promise no longer."""

import math
from typing import Any

import msgspec

from desk.events.sla import SlaPolicyCreated, SlaPolicyDeleted, SlaPolicyUpdated
from desk.store.sla import policy_row
from desk.store.transaction import TenantTx
from desk.tables.sla import SlaPolicyRow
from desk.words.actor import Actor
from desk.words.errors import Invalid

LONGEST_NAME = 255
LONGEST_DESCRIPTION = 2_000
LONGEST_PROMISE = 366 * 24 * 3600
"""Seconds: a year."""
MOST_POLICIES = 200
"""In one account."""

THRESHOLDS = (
    "first_response_time_threshold",
    "next_response_time_threshold",
    "resolution_time_threshold",
)


class SlaPolicyWanted(msgspec.Struct, frozen=True):
    """A policy as it is to be; a threshold that is absent is not promised."""

    name: str
    description: str | None = None
    first_response_time_threshold: float | None = None
    next_response_time_threshold: float | None = None
    resolution_time_threshold: float | None = None
    only_during_business_hours: bool = False


async def add_sla_policy(tx: TenantTx, wanted: SlaPolicyWanted, *, by: Actor) -> int:
    """Promise something new; it is promised to nobody before it is applied."""
    row = await tx.one(
        "select count(*) as n from sla_policies where account_id = %s and deleted_at is null",
        [tx.account_id],
    )
    if row["n"] >= MOST_POLICIES:
        raise Invalid("too_many_sla_policies", f"An account keeps at most {MOST_POLICIES}.")
    values = {name: _checked(name, value) for name, value in msgspec.structs.asdict(wanted).items()}
    policy = SlaPolicyRow(
        account_id=tx.account_id, **values, created_at=tx.now, updated_at=tx.now, deleted_at=None
    )
    tx.session.add(policy)
    await tx.session.flush()
    tx.record(SlaPolicyCreated(policy.id), by=by)
    return int(policy.id)


async def change_sla_policy(
    tx: TenantTx, policy_id: int, changes: dict[str, Any], *, by: Actor
) -> None:
    """Rename it or promise something else from now on; what was promised stays as it was."""
    policy = await policy_row(tx, policy_id)
    wanted = {name: _checked(name, value) for name, value in changes.items()}
    changed = sorted(name for name, value in wanted.items() if getattr(policy, name) != value)
    for name in changed:
        setattr(policy, name, wanted[name])
    if changed:
        policy.updated_at = tx.now
        tx.record(SlaPolicyUpdated(policy_id, changed), by=by)


async def drop_sla_policy(tx: TenantTx, policy_id: int, *, by: Actor) -> None:
    """Promise it to nobody any more; conversations that have it keep it."""
    policy = await policy_row(tx, policy_id)
    policy.deleted_at = policy.updated_at = tx.now
    tx.record(SlaPolicyDeleted(policy_id), by=by)


def _checked(name: str, value: Any) -> Any:
    if name == "name":
        return _text(value.strip(), name, 1, LONGEST_NAME)
    if name == "description":
        return None if value is None else _text(value, name, 0, LONGEST_DESCRIPTION)
    if name in THRESHOLDS and value is not None:
        if not math.isfinite(value) or not 1 <= value <= LONGEST_PROMISE:
            raise Invalid(
                "threshold_out_of_bounds",
                f"A threshold is between 1 and {LONGEST_PROMISE:,} seconds, or null.",
                field=name,
            )
        return float(value)
    return value


def _text(value: str, name: str, least: int, most: int) -> str:
    if not least <= len(value) <= most or "\x00" in value:
        raise Invalid(
            f"{name}_malformed", f"The {name} has {least} to {most:,} characters.", field=name
        )
    return value
