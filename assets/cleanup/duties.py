"""Everything that is cleaned up at the desk: read this to know what goes, and when."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from assets.cleanup.house import Clear, Count, Counted, Duty, House
from assets.cleanup.redis_traces import (
    clear_presence,
    clear_sessions,
    count_presence,
    count_sessions,
)
from desk.actions.forget_old import (
    forget_contact_files,
    forget_contacts,
    forget_conversations,
    forget_exports,
    forget_records,
)
from desk.store import old_rows
from desk.store.old_rows import OldRows, count_old, delete_old, lock_old
from desk.store.transaction import TenantTx
from desk.words.ids import AccountId

REASON = "the clean-up counts what is old in all accounts"

Batch = Callable[[TenantTx, datetime, int], Awaitable[int]]


def counted(old: OldRows) -> Count:
    """Counts over all accounts, by the condition that deletes."""

    async def count(house: House, cutoff: datetime) -> Counted:
        async with house.desk.transaction_across_accounts(reason=REASON) as tx:
            return Counted(await count_old(tx, old, cutoff))

    return count


def in_batches(batch: Batch, size: int) -> Clear:
    """Deletes within one account, a transaction a batch, until a batch finds nothing."""

    async def clear(house: House, account_id: AccountId, cutoff: datetime) -> int:
        deleted = 0
        while True:
            # Quiet: nobody has to react to it, and no screen shows it.
            async with house.desk.transaction(account_id, quiet=True) as tx:
                gone = await batch(tx, cutoff, size)
            deleted += gone
            if not gone:
                return deleted

    return clear


def records(old: OldRows, size: int) -> Clear:
    """Deletes records of the house's own."""

    async def batch(tx: TenantTx, cutoff: datetime, limit: int) -> int:
        return await forget_records(tx, old, cutoff, limit)

    return in_batches(batch, size)


async def clear_files(house: House, account_id: AccountId, cutoff: datetime) -> int:
    """Deletes files first and their rows after them, so that none is forgotten half-way."""
    deleted = 0
    while True:
        async with house.desk.transaction(account_id) as tx:
            held = await lock_old(tx, old_rows.FILES, cutoff, 100)
            rows = await tx.all("select file_key from files_to_remove where id = any(%s)", [held])
            for row in rows:
                await house.files.remove(account_id, row["file_key"])
            gone = await delete_old(tx, old_rows.FILES, cutoff, 100)
        deleted += len(gone)
        if not gone:
            return deleted


DUTIES: tuple[Duty, ...] = (
    Duty(
        name="old_notifications",
        description="What people at the desk were told long ago, read or not.",
        days=lambda keep: keep.notifications_days,
        count=counted(old_rows.NOTIFICATIONS),
        clear=records(old_rows.NOTIFICATIONS, 2_000),
    ),
    Duty(
        name="conversations_of_suspended_accounts",
        description=(
            "Long resolved conversations of suspended accounts, with messages and files; "
            "the numbers made of them stay."
        ),
        days=lambda keep: keep.suspended_days,
        count=counted(old_rows.LONG_RESOLVED),
        clear=in_batches(forget_conversations, 50),
    ),
    Duty(
        name="contacts_without_conversation",
        description="Contacts without conversation, note or label; blocked ones stay blocked.",
        days=lambda keep: keep.contacts_days,
        count=counted(old_rows.STRANGERS),
        clear=in_batches(forget_contacts, 500),
        after=("conversations_of_suspended_accounts",),
    ),
    Duty(
        name="stored_hooks",
        description="Raw hooks from providers whose messages are stored; parked ones stay.",
        days=lambda keep: keep.journal_days,
        count=counted(old_rows.JOURNAL),
        clear=records(old_rows.JOURNAL, 1_000),
    ),
    Duty(
        name="finished_jobs",
        description="Jobs that were done or given up, with their attempts.",
        days=lambda keep: keep.jobs_days,
        count=counted(old_rows.JOBS),
        clear=records(old_rows.JOBS, 2_000),
    ),
    Duty(
        name="expired_exports",
        description="Exports that were kept for as long as they should be.",
        days=lambda _: None,
        count=counted(old_rows.EXPORTS),
        clear=in_batches(forget_exports, 200),
    ),
    Duty(
        name="expired_contact_files",
        description="Files of contacts, brought or fetched, kept for as long as they should be.",
        days=lambda _: None,
        count=counted(old_rows.CONTACT_FILES),
        clear=in_batches(forget_contact_files, 200),
    ),
    Duty(
        name="files_without_rows",
        description=(
            "Files in the store whose conversation, contact or export is gone, and uploads that "
            "nothing shows after a day."
        ),
        days=lambda _: None,
        count=counted(old_rows.FILES),
        clear=clear_files,
        after=(
            "conversations_of_suspended_accounts",
            "contacts_without_conversation",
            "expired_exports",
            "expired_contact_files",
        ),
    ),
)
"""In this order: contacts and files come after what lets go of them."""

SWEEPS: tuple[Duty, ...] = (
    Duty(
        name="stale_sessions",
        description="Sign-ins of people who work for no account any more, or that never end.",
        days=lambda _: None,
        count=count_sessions,
        clear=clear_sessions,
    ),
    Duty(
        name="silent_sockets",
        description="People and visitors noted as there whose sockets fell silent.",
        days=lambda _: None,
        count=count_presence,
        clear=clear_presence,
    ),
)
"""What Redis holds."""
