"""An account ends: at once for everybody who looks, and piece by piece where its rows lie."""

from datetime import timedelta

from desk.events.accounts import AccountClosed
from desk.store.jobs import queue_job
from desk.store.transaction import TenantTx, WideTx
from desk.tables.accounts import AccountRow
from desk.words.actor import Actor
from desk.words.errors import NotFound
from desk.words.ids import AccountId

ERASE_ACCOUNT = "erase_account"
"""The kind of the job that erases what a closed account left."""

REST = timedelta(minutes=5)
"""What is under way when it closes comes to its end before anything is erased."""

_MANY_ATTEMPTS = 1_000


async def close_account(tx: WideTx, account_id: AccountId, *, by: Actor) -> None:
    """Nobody sees it from now on; its data is an obligation."""
    account = await tx.session.get(AccountRow, account_id, with_for_update=True)
    if account is None or account.deleted_at is not None:
        raise NotFound("account_not_found", "There is no such account.")
    account.deleted_at = tx.now
    account.suspended = True
    tenant: TenantTx = tx.within(account_id)
    tenant.record(AccountClosed(), by=by)
    await tx.execute(
        "delete from platform_app_permissibles where kind = 'account' and object_id = %s",
        [account_id],
    )
    await queue_job(
        tenant,
        ERASE_ACCOUNT,
        "account",
        {},
        priority=9,
        due_at=tx.now + REST,
        max_attempts=_MANY_ATTEMPTS,
    )
