"""Keep answers for the next time, correct them, and take them out of use."""

from typing import Any

from sqlalchemy import func, select

from desk.events.canned_responses import (
    CannedResponseCreated,
    CannedResponseDeleted,
    CannedResponseUpdated,
)
from desk.store.transaction import TenantTx
from desk.tables.canned_responses import CannedResponseRow
from desk.words.actor import Actor
from desk.words.conversation import MAX_CONTENT
from desk.words.errors import Conflict, Invalid, NotFound

LONGEST_CODE = 255


async def create_canned_response(
    tx: TenantTx, short_code: str, content: str, *, by: Actor
) -> CannedResponseRow:
    """Keep an answer; its short code must be the account's only one, whatever its case."""
    code = await _free_code(tx, short_code)
    row = CannedResponseRow(
        account_id=tx.account_id,
        short_code=code,
        content=_checked_content(content),
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.session.add(row)
    await tx.session.flush()
    tx.record(CannedResponseCreated(row.id), by=by)
    return row


async def update_canned_response(
    tx: TenantTx, canned_response_id: int, changes: dict[str, Any], *, by: Actor
) -> CannedResponseRow:
    """Give it another short code or another text."""
    row = await _row(tx, canned_response_id)
    checked: dict[str, str] = {}
    if "short_code" in changes:
        checked["short_code"] = await _free_code(tx, changes["short_code"], but=row.id)
    if "content" in changes:
        checked["content"] = _checked_content(changes["content"])
    changed = [field for field, value in checked.items() if getattr(row, field) != value]
    for field in changed:
        setattr(row, field, checked[field])
    if changed:
        row.updated_at = tx.now
        tx.record(CannedResponseUpdated(row.id, sorted(changed)), by=by)
    return row


async def delete_canned_response(tx: TenantTx, canned_response_id: int, *, by: Actor) -> None:
    """Take it out of use; what was written with it stays."""
    row = await _row(tx, canned_response_id)
    await tx.session.delete(row)
    tx.record(CannedResponseDeleted(row.id), by=by)


async def _row(tx: TenantTx, canned_response_id: int) -> CannedResponseRow:
    row = await tx.session.get(
        CannedResponseRow, (tx.account_id, canned_response_id), with_for_update=True
    )
    if row is None:
        raise NotFound("canned_response_not_found", "There is no such canned response.")
    return row


async def _free_code(tx: TenantTx, short_code: str, *, but: int | None = None) -> str:
    code = short_code.strip().lstrip("/").strip()
    if not code or len(code) > LONGEST_CODE:
        raise Invalid(
            "short_code_malformed",
            f"A short code has 1 to {LONGEST_CODE} characters.",
            field="short_code",
        )
    if "\x00" in code:
        raise Invalid("short_code_has_nul", "The short code holds a NUL.", field="short_code")
    found = await tx.session.execute(
        select(CannedResponseRow.id).where(
            CannedResponseRow.account_id == tx.account_id,
            func.lower(CannedResponseRow.short_code) == func.lower(code),
        )
    )
    if any(taken != but for taken in found.scalars()):
        raise Conflict(
            "short_code_taken", f"There is already a canned response /{code}.", field="short_code"
        )
    return code


def _checked_content(content: str) -> str:
    if not content.strip():
        raise Invalid("content_is_empty", "A canned response needs a text.", field="content")
    if len(content) > MAX_CONTENT:
        raise Invalid(
            "content_too_long", f"At most {MAX_CONTENT:,} characters fit.", field="content"
        )
    if "\x00" in content:
        raise Invalid("content_has_nul", "The content holds a NUL character.", field="content")
    return content
