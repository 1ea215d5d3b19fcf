"""Reading inboxes."""

from typing import Any

from desk.access.audience import Viewer
from desk.store.transaction import TenantTx
from desk.words.errors import NotFound

_INBOX = """
select i.id, i.name, i.channel, i.address, i.config, i.secrets, i.enable_auto_assignment,
       i.lock_to_single_conversation, i.csat_survey_enabled, i.working_hours_enabled, i.time_zone,
       i.greeting_enabled, i.greeting_message, i.out_of_office_message,
       coalesce((select json_agg(json_build_object('day_of_week', w.day_of_week, 'opens', w.opens,
                     'closes', w.closes) order by w.day_of_week)
                 from working_hours w where w.account_id = i.account_id and w.inbox_id = i.id),
                '[]'::json) as week
from inboxes i
where i.account_id = %(account)s and (%(all)s or i.id = any(%(mine)s))"""


async def inboxes(tx: TenantTx, viewer: Viewer) -> list[dict[str, Any]]:
    """The inboxes the viewer works in (administrators: all), by name."""
    return await tx.all(f"{_INBOX} order by lower(i.name), i.id", _whose(tx, viewer))


async def inbox(tx: TenantTx, inbox_id: int, viewer: Viewer) -> dict[str, Any]:
    """One of them; raises NotFound."""
    row = await tx.first(
        f"{_INBOX} and i.id = %(inbox)s", {**_whose(tx, viewer), "inbox": inbox_id}
    )
    if row is None:
        raise NotFound("inbox_not_found", "There is no such inbox.")
    return row


def _whose(tx: TenantTx, viewer: Viewer) -> dict[str, Any]:
    return {
        "account": tx.account_id,
        "all": viewer.sees_all,
        "mine": sorted(viewer.inbox_ids),
    }
