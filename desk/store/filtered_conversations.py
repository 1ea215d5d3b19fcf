"""A page of the conversations that a filter finds, and their counts, of one look at them."""

from desk.access.audience import Viewer
from desk.store.conversation_pages import Order, Totals
from desk.store.conversation_terms import ConversationFilter, terms_of
from desk.store.filters import Clause
from desk.store.transaction import TenantTx

# A filter may have to look at every conversation: it does so once, for the page and the counts.
_PAGE_AND_COUNTS = """
with found as materialized (
    select c.id, c.last_activity_at, c.created_at, c.priority, c.waiting_since, c.assignee_id
    from conversations c where {where}
)
select (select array_agg(p.id) from (select c.id from found c order by {order}
            limit %(limit)s offset %(offset)s) p),
       count(*) filter (where assignee_id = %(me)s), count(assignee_id),
       count(*) - count(assignee_id), count(*)
from found"""


async def filtered_page(
    tx: TenantTx, viewer: Viewer, clause: Clause, order: Order
) -> tuple[list[int], Totals]:
    """The ids of one page in their order, and how many there are among what the viewer may see."""
    terms = await terms_of(tx, viewer, ConversationFilter(status=None, clause=clause))
    sql = _PAGE_AND_COUNTS.format(where=" and ".join(terms.page(viewer)), order=order.sql)
    parameters = terms.parameters | {"limit": order.limit, "offset": order.offset}
    # A fresh plan each time: what one filter asks says nothing of the next.
    ((ids, *totals),) = await tx.tuples(sql, parameters, prepare=False)
    return ids or [], Totals(*totals)
