"""Who decides about a customer's contact and conversations: one at a time, until the commit."""

import hashlib
from collections.abc import Iterable

from desk.store.transaction import Transaction


def of_sender(inbox_id: int, sender: str) -> str:
    """An address at one inbox."""
    return f"{inbox_id}:{sender}"


def of_mail_address(account_id: int, address: str) -> str:
    """One contact of the account has the address, whichever inboxes it writes to."""
    return f"{account_id}@{address.lower()}"


def of_threads(inbox_id: int) -> str:
    """A mail and its answer come from different people, perhaps at the same moment."""
    return f"mail:{inbox_id}"


async def hold(tx: Transaction, locks: Iterable[str]) -> None:
    """Wait until nobody else holds any of them; taken before any row is locked."""
    await tx.execute(
        "select pg_advisory_xact_lock(k) from (select unnest(%b::bigint[]) k order by 1) sorted",
        [sorted({_key(words) for words in locks})],
    )


def _key(words: str) -> int:
    digest = hashlib.blake2b(words.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
