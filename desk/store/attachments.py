"""The files of conversations, newest first."""

from collections.abc import Sequence
from typing import Any

from desk.shapes.message import ATTACHMENT, SENDER
from desk.store.transaction import TenantTx

PAGE = 100

_OF_CONVERSATION = """
from attachments f
join messages m on m.account_id = f.account_id and m.id = f.message_id
where f.account_id = %(account)s and m.conversation_id = any(%(conversations)s::bigint[])"""

_PAGE = f"""
select coalesce(json_agg(page.shape order by page.id desc), '[]'::json)::text as shapes
from (select f.id, ({ATTACHMENT})::jsonb || jsonb_build_object(
          'created_at', extract(epoch from f.created_at)::bigint, 'sender', {SENDER}) as shape
      {_OF_CONVERSATION} order by f.id desc limit %(limit)s offset %(offset)s) page"""


async def attachments_of(
    tx: TenantTx, conversation_ids: Sequence[int], *, page: int
) -> tuple[int, str]:
    """How many there are, and one page of them as JSON."""
    asked: dict[str, Any] = {
        "account": tx.account_id,
        "conversations": list(conversation_ids),
        "limit": PAGE,
        "offset": (page - 1) * PAGE,
    }
    count = await tx.one(f"select count(*) as n {_OF_CONVERSATION}", asked)
    row = await tx.one(_PAGE, asked)
    return int(count["n"]), str(row["shapes"])
