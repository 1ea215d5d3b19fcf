"""Finding canned responses."""

from typing import Any

from desk.store.transaction import TenantTx

_COLUMNS = "select id, account_id, short_code, content, created_at, updated_at"

_FOUND = f"""
{_COLUMNS} from canned_responses
where account_id = %(account)s
  and (short_code ilike '%%' || %(words)s || '%%' or content ilike '%%' || %(words)s || '%%')
order by case when lower(short_code) = lower(%(plain)s) then 0
              when short_code ilike %(words)s || '%%' then 1
              when short_code ilike '%%' || %(words)s || '%%' then 2 else 3 end,
         lower(short_code)"""


async def canned_responses(tx: TenantTx, words: str = "") -> list[dict[str, Any]]:
    """Those whose short code or text holds the words; codes that begin with them come first."""
    words = words.strip().lstrip("/")
    if not words:
        return await tx.all(
            f"{_COLUMNS} from canned_responses where account_id = %s order by lower(short_code)",
            [tx.account_id],
        )
    pattern = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return await tx.all(
        _FOUND, {"account": tx.account_id, "words": pattern, "plain": words}, prepare=False
    )
