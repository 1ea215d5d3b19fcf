"""Rename and disband teams."""

from typing import Any

from sqlalchemy import select

from desk.actions.assign_conversation import assign_team
from desk.events.administration import TeamDisbanded, TeamUpdated
from desk.store.transaction import TenantTx
from desk.tables.conversations import ConversationRow
from desk.tables.teams import TeamRow
from desk.words.actor import Actor
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.ids import TeamId

FIELDS = {"name", "description", "allow_auto_assign"}
"""What can be changed about a team."""


async def update_team(tx: TenantTx, team_id: TeamId, changes: dict[str, Any], *, by: Actor) -> None:
    """Change a team's settings."""
    unknown = sorted(set(changes) - FIELDS)
    if unknown:
        raise Invalid("unknown_team_fields", f"A team has no {', '.join(unknown)}.")
    team = await _team(tx, team_id)
    if "name" in changes:
        name = changes["name"] = changes["name"].strip().lower()
        if not name:
            raise Invalid("name_is_empty", "A team needs a name.", field="name")
        taken = await tx.first(
            "select from teams where account_id = %s and name = %s and id <> %s",
            [tx.account_id, name, team_id],
        )
        if taken is not None:
            raise Conflict("team_exists", f"There is already a team {name}.", field="name")
    changed = [field for field, value in changes.items() if getattr(team, field) != value]
    for field in changed:
        setattr(team, field, changes[field])
    if changed:
        tx.record(TeamUpdated(team_id, sorted(changed)), by=by)


async def disband_team(tx: TenantTx, team_id: TeamId, *, by: Actor) -> None:
    """End a team; its conversations are taken from it one by one, so that reports know."""
    team = await _team(tx, team_id)
    held = await tx.session.execute(
        select(ConversationRow)
        .where(ConversationRow.account_id == tx.account_id, ConversationRow.team_id == team_id)
        .order_by(ConversationRow.id)
        .with_for_update()
    )
    for conversation in held.scalars().all():
        await assign_team(tx, conversation, None, by=by)
    await tx.session.flush()
    tx.record(TeamDisbanded(team_id), by=by)
    await tx.session.delete(team)


async def _team(tx: TenantTx, team_id: TeamId) -> TeamRow:
    team = await tx.session.get(TeamRow, (tx.account_id, team_id), with_for_update=True)
    if team is None:
        raise NotFound("team_not_found", "There is no such team.")
    return team
