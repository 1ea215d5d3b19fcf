"""Finding macros: one's own, and those for everybody."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from desk.access.audience import Viewer
from desk.store.transaction import TenantTx
from desk.tables.macros import MacroRow
from desk.words.errors import NotFound
from desk.words.macros import Visibility

_PERSON = """json_build_object('id', {0}.id, 'name', {0}.name, 'email', {0}.email,
  'available_name', coalesce({0}.display_name, {0}.name), 'thumbnail', '', 'type', 'user')"""

_MACROS = f"""
select m.id, m.account_id, m.name, (array['personal', 'global'])[m.visibility + 1] as visibility,
       m.actions, {_PERSON.format("made")} as created_by, {_PERSON.format("changed")} as updated_by
from macros m
join users made on made.id = m.created_by_id join users changed on changed.id = m.updated_by_id
where m.account_id = %(account)s and (m.visibility = %(for_all)s or m.created_by_id = %(me)s)"""


async def macros(tx: TenantTx, viewer: Viewer) -> list[dict[str, Any]]:
    """The viewer's own and everybody's, by name."""
    return await tx.all(f"{_MACROS} order by lower(m.name), m.id", _whose(tx, viewer))


async def macro(tx: TenantTx, macro_id: int, viewer: Viewer) -> dict[str, Any]:
    """One of them as clients see it; raises NotFound."""
    row = await tx.first(f"{_MACROS} and m.id = %(id)s", {**_whose(tx, viewer), "id": macro_id})
    if row is None:
        raise _not_there()
    return row


async def refused_by(tx: TenantTx, execution: UUID) -> list[dict[str, Any]]:
    """What a macro could not do when it was run, by conversation, and why."""
    return await tx.all(
        """select c.display_id as conversation_id, told ->> 'action_name' as action_name,
                  told ->> 'detail' as detail
           from macro_runs r
           join conversations c on c.account_id = r.account_id and c.id = r.conversation_id
           cross join jsonb_array_elements(r.actions) with ordinality as listed (told, place)
           where r.account_id = %s and r.execution = %s
             and told ->> 'ending' in ('failed', 'skipped')
           order by c.display_id, place""",
        [tx.account_id, execution],
    )


async def macro_row(tx: TenantTx, macro_id: int, viewer: Viewer, *, lock: bool = False) -> MacroRow:
    """The row of one of them; raises NotFound."""
    found = select(MacroRow).where(
        MacroRow.account_id == tx.account_id,
        MacroRow.id == macro_id,
        or_(
            MacroRow.visibility == int(Visibility.GLOBAL),
            MacroRow.created_by_id == viewer.user_id,
        ),
    )
    if lock:
        found = found.with_for_update()
    row = (await tx.session.execute(found)).scalar_one_or_none()
    if row is None:
        raise _not_there()
    return row


def _whose(tx: TenantTx, viewer: Viewer) -> dict[str, Any]:
    return {
        "account": tx.account_id,
        "for_all": int(Visibility.GLOBAL),
        "me": viewer.user_id,
    }


def _not_there() -> NotFound:
    return NotFound("macro_not_found", "There is no such macro.")
