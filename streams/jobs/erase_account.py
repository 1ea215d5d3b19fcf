"""Erase what a closed account left: its files, its rows in batches, and at last itself."""

import time
from datetime import timedelta

import structlog

from desk.store.erasing import (
    closed_account,
    erase_some,
    erase_the_rest,
    is_quiet,
    tables_in_order,
)
from desk.store.jobs import Job
from streams.jobs.outcome import Again, Done, Outcome
from streams.jobs.workshop import Workshop

log = structlog.get_logger()

REASON = "a closed account is erased"
RUN_SECONDS = 8.0
"""Then others have their turn."""


async def erase_account(job: Job, work: Workshop) -> Outcome:
    """Erase until nothing is left or the time is over."""
    desk, account_id = work.desk, job.account_id
    until = time.monotonic() + RUN_SECONDS
    async with desk.transaction_across_accounts(reason=REASON) as tx:
        if await closed_account(tx, account_id) is None:
            return Done("there is no closed account")
        if not await is_quiet(tx, account_id):
            return Again("something is still under way", timedelta(minutes=1))
        tables = await tables_in_order(tx)
    while await work.files.remove_some(account_id):
        if time.monotonic() > until:
            return Again("more files are to be erased", timedelta(0))
    for table in tables:
        while True:
            async with desk.transaction_across_accounts(reason=REASON, quiet=True) as tx:
                gone = await erase_some(tx, account_id, table)
            if not gone:
                break
            if time.monotonic() > until:
                return Again("more rows are to be erased", timedelta(0))
    async with desk.transaction_across_accounts(reason=REASON, quiet=True) as tx:
        await erase_the_rest(tx, account_id)
    log.info("account_erased", account=account_id)
    return Done()
