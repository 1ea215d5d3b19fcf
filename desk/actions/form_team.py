"""Teams and labels: how agents are grouped and what conversations are called."""

import re
from collections.abc import Sequence

from sqlalchemy import delete, select

from desk.actions.employ_agent import require_agents
from desk.events.administration import LabelCreated, TeamCreated, TeamMembersChanged
from desk.store.transaction import TenantTx
from desk.tables.teams import LabelRow, TeamMemberRow, TeamRow
from desk.words.actor import Actor
from desk.words.errors import Conflict, Invalid, NotFound
from desk.words.ids import TeamId

_TITLE = re.compile(r"[^\W_][\w-]+")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")


async def form_team(
    tx: TenantTx,
    name: str,
    *,
    by: Actor,
    description: str | None = None,
    allow_auto_assign: bool = True,
) -> TeamId:
    """Form a team; names are kept in lower case and are the account's own."""
    name = name.strip().lower()
    if not name:
        raise Invalid("name_is_empty", "A team needs a name.", field="name")
    taken = await tx.first(
        "select from teams where account_id = %s and name = %s", [tx.account_id, name]
    )
    if taken is not None:
        raise Conflict("team_exists", f"There is already a team {name}.", field="name")
    team = TeamRow(
        account_id=tx.account_id,
        name=name,
        description=description,
        allow_auto_assign=allow_auto_assign,
        created_at=tx.now,
    )
    tx.session.add(team)
    await tx.session.flush()
    tx.record(TeamCreated(TeamId(team.id)), by=by)
    return TeamId(team.id)


async def set_team_members(
    tx: TenantTx, team_id: TeamId, user_ids: Sequence[int], *, by: Actor
) -> None:
    """Let exactly these agents be the team."""
    if await tx.session.get(TeamRow, (tx.account_id, team_id), with_for_update=True) is None:
        raise NotFound("team_not_found", "There is no such team.")
    rows = await tx.session.execute(
        select(TeamMemberRow.user_id).where(
            TeamMemberRow.account_id == tx.account_id, TeamMemberRow.team_id == team_id
        )
    )
    await require_agents(tx, user_ids)
    before, after = set(rows.scalars()), set(user_ids)
    added, removed = sorted(after - before), sorted(before - after)
    if not (added or removed):
        return
    await tx.session.execute(
        delete(TeamMemberRow).where(
            TeamMemberRow.account_id == tx.account_id,
            TeamMemberRow.team_id == team_id,
            TeamMemberRow.user_id.in_(removed),
        )
    )
    for user_id in added:
        tx.session.add(TeamMemberRow(account_id=tx.account_id, team_id=team_id, user_id=user_id))
    tx.record(TeamMembersChanged(team_id, added, removed), by=by)


async def create_label(
    tx: TenantTx,
    title: str,
    *,
    by: Actor,
    description: str | None = None,
    color: str = "#1f93ff",
    show_on_sidebar: bool = True,
) -> int:
    """Bring a label into use; at least two letters, digits, _ or -, kept in lower case."""
    title = checked_title(title)
    color = checked_color(color)
    taken = await tx.first(
        "select from labels where account_id = %s and title = %s", [tx.account_id, title]
    )
    if taken is not None:
        raise Conflict("label_exists", f"There is already a label {title}.", field="title")
    label = LabelRow(
        account_id=tx.account_id,
        title=title,
        description=description,
        color=color,
        show_on_sidebar=show_on_sidebar,
        created_at=tx.now,
    )
    tx.session.add(label)
    await tx.session.flush()
    tx.record(LabelCreated(label.id), by=by)
    return label.id


def checked_title(title: str) -> str:
    """The title as labels keep it; raises Invalid when it cannot be one."""
    title = title.strip().lower()
    if not _TITLE.fullmatch(title):
        raise Invalid(
            "label_malformed",
            "A label is two or more letters, digits, _ or -, beginning with a letter or digit.",
            field="title",
        )
    return title


def checked_color(color: str) -> str:
    """The colour of a label; raises Invalid when it is none."""
    if not _COLOR.fullmatch(color):
        raise Invalid("color_malformed", "A colour is written as #1f93ff.", field="color")
    return color
