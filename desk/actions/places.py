"""Gives what a portal holds its order."""

from collections.abc import Mapping

from sqlalchemy import Integer, cast, column, func, update
from sqlalchemy.dialects.postgresql import ARRAY, BIGINT

from desk.store.transaction import TenantTx
from desk.tables.help_centre import ArticleRow, CategoryRow


async def put_in_places(
    tx: TenantTx,
    kind: type[ArticleRow] | type[CategoryRow],
    portal_id: int,
    places: Mapping[int, int],
) -> bool:
    """Give each id its position; whether all of them are the portal's."""
    given = (
        func.unnest(cast(list(places), ARRAY(BIGINT)), cast(list(places.values()), ARRAY(Integer)))
        .table_valued(column("id", BIGINT), column("position", Integer))
        .render_derived(name="given")
    )
    moved = await tx.session.execute(
        update(kind)
        .where(
            kind.account_id == tx.account_id,
            kind.portal_id == portal_id,
            kind.id == given.c.id,
        )
        .values(position=given.c.position, updated_at=tx.now)
        .returning(kind.id),
        execution_options={"synchronize_session": False},
    )
    return len(moved.all()) == len(places)
